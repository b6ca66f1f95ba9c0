"""Practice data and the guided tour: two offices of nobody's people, seeded, the same in every run."""

from tuopin_desktop.demo.tour import tour, whole_term

__all__ = ["tour", "whole_term"]
