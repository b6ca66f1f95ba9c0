"""Attendance as the office works with it: a month of a team or of the region, kept by cells, and a person's year."""
