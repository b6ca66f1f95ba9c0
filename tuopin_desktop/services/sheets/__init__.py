"""Sheets in and out: intake and the rows it makes."""
