"""What joins the window to the worker thread that owns the office's data."""
