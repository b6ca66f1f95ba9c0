"""The container of a data package and the keys of a station, in public formats: ZIP, BagIt, minisign, gzip, age."""
