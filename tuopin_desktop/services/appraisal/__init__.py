"""Appraisal by the Office (Art. 15): schemes, ballots, points, grades, and the file for the personal record."""
