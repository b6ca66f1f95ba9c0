"""The parts of the first pages: where everybody is, lines to work off, pictures of the month, and rows of a number."""
