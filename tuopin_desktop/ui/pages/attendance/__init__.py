"""Attendance: a month as a grid of people and days, keyed by single keys, every figure unfolded to its article."""
