"""Data packages between offices: what travels, who is believed, what is sent next (`docs/exchange.md`)."""
