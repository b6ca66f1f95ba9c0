"""Recall and replacement with their letters (Art. 5, 16)."""
