"""The page of reports: the monthly circular and the annual report with its frozen figures."""
