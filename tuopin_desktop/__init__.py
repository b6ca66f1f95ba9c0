"""Tuopin Desktop: the desk program of a county work team and its region office (脱贫攻坚工作总队管理)."""

from datetime import date

__version__ = "1.0.0"
RELEASED = date(2026, 12, 1)
"""The month in which this version was made: no computer that runs it can truly stand before that day."""
