"""Paper in the window: sheets drawn from their display list, typed on, and printed."""
