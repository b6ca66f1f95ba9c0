"""Spot checks and draws (Art. 10)."""
