"""The same use cases as the window, from a command line."""
