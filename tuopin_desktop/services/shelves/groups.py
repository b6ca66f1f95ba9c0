"""The groups of what shelves are asked about: a page is told how far those are that it shows."""

DAY, YEAR, MONTH = "day", "year", "month"
