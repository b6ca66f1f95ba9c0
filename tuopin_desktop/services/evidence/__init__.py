"""Contradictions between records, worked off (Art. 10)."""
