"""The duties of the measure: who owes what by when, and the record that shows it was done."""
