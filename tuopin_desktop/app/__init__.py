"""Wiring: start, stop, crash file, single instance."""
