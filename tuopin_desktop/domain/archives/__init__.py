"""The archives: what is filed, in which order and under which code, and how it is handed over."""
