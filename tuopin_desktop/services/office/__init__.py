"""The office itself: its desk, files, settings, keys, copies, calendars and the walls around what is written."""
