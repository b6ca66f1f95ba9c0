"""The window's own parts: fields, forms, tables, messages. They know records and rules' words, not services."""
