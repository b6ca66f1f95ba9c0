"""The computer: clock, drives, atomic files, lock, paths."""
