"""The life of a leave slip as pure state: the chain of ink, the journey, and both told as one story (Art. 10)."""
