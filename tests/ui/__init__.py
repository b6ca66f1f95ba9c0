"""The window, one screen at a time, offscreen, over a real office and without a thread."""
