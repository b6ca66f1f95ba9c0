"""Spot checks and the cross-check of evidence: drawn, recorded, put right, explained."""

from tuopin_desktop.ui.pages.spotchecks.page import ChecksPage

__all__ = ["ChecksPage"]
