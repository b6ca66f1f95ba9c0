"""Spot checks and the cross-check of evidence: drawn, recorded, put right, explained."""
