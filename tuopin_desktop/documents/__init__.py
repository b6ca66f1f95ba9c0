"""Paper and sheets: slips, reports, workbooks."""
