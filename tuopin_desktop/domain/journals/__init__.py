"""Daily logs, weekly notes and the ledger (Art. 10): weeks, ids, drafts and likeness."""
