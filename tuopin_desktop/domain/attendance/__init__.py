"""Attendance by half-days: the marks, what stands and what slips say over it, the counts of Articles 9 and 16."""
