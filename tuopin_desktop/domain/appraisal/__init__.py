"""Appraisal (Art. 15): the scoring scheme as data, ballots keyed twice, points with their trace, grades and quota."""
