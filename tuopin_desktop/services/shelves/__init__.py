"""What was judged once and is kept: a shelf for each owner, valid as long as nothing it was judged from changed."""
