"""The measure as pure functions, the records and the merge."""
