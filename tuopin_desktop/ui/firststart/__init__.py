"""The first start: which office this is, who works here, where the copies go, and the code on paper."""
