"""The page of duties: the radar, and every register of duties."""
