"""Data packages, packages of scans and packs by stick: make, look at, take in, undo."""
