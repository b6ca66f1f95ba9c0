"""Those who are posted: roster, what their files lack, who is selected, a batch (Art. 2-4)."""
