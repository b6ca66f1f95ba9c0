"""The page of exchange by stick: packages out and in, conflicts side by side, stations and their fingerprints."""
