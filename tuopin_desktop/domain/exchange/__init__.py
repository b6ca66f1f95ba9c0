"""Data packages between offices: what travels, who is believed, what is sent next (`exchange.md` 4)."""
