"""Teams and people: the roster, each team's five slots, and one person with the postings."""
