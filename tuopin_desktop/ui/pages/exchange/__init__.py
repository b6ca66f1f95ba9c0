"""The page of exchange by stick: packages out and in, conflicts side by side, stations and their fingerprints."""

from tuopin_desktop.ui.pages.exchange.page import ExchangePage

__all__ = ["ExchangePage"]
