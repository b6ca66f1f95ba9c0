"""Signing in, locking and unlocking the window, and the second person beside."""
