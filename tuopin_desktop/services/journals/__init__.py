"""Daily logs, weekly notes and the work ledger: written, looked at, printed."""
