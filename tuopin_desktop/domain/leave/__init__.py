"""The life of a leave slip as pure state: signatures, journey, and both together as its story (Art. 10)."""
