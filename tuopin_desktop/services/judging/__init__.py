"""Asking the measure: the facts of an office, its rules, a team's month, and what explains a finding."""
