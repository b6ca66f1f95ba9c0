"""The first pages: how an office stands today, counted at one time, and the rows behind each of its numbers."""
