"""Evidence against evidence (Art. 10, 16): where attendance, slips, logs, checks, trips and trainings disagree."""
