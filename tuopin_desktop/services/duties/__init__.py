"""What is owed and by when: radar, drafts, sign-in sheets, cover letters, today (Art. 10-18)."""
