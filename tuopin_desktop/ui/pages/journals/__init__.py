"""The page of daily logs, weekly notes and the work ledger."""
