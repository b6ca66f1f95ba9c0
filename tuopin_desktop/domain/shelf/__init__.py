"""What is judged once of one owner and laid on his shelf: pure functions of his facts, and how they are merged."""
