"""Spot checks: who is drawn and how that is proved, what became of a finding, and what recurs."""
