"""Which paper a record belongs to, how long it is kept and by which archival code: pure rules of filing."""
