"""Recall (Art. 16): how a case stands, what may be done next, and what the sending unit still owes."""
