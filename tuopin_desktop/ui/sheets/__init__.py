"""Sheets in and out of a page: templates, rehearsed imports, exports."""
