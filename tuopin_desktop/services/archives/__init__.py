"""What an office files: its table of periods, the items and their numbers, an old catalogue beside them."""
