"""The leave desk: slips, their strokes, scans and books (Art. 10)."""
