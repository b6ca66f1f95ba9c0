"""The archives of an office: items, numbers, catalogues, what is handed over and what is kept readable."""
