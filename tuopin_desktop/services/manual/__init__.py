"""The manual: one source of topics, shown beside the page, printed as one paper, copied as plain pages to a stick."""
