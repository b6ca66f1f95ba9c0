"""Tuopin Desktop: the desk program of a county work team and its region office (脱贫攻坚工作总队管理)."""

__version__ = "0.1.0"
