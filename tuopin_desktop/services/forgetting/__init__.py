"""Forgetting by term: who is due, which records that reaches, the act of two, and what is left of it on this PC."""
