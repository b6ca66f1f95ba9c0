"""What several pages show of leave slips: their states in colour, and the list a clerk watches."""
