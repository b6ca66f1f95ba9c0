"""Composed names: Han, Mongolian with and without a family name, and those of the three autonomous banners."""

import random

from tuopin_desktop.demo.elements import parts

LONGEST = 6
"""Characters of a composed name; the longer ones are seeded by hand."""


def compose(rng: random.Random, ethnicity: str, sex: str) -> str:
    """Return a composed name of nobody in particular; `ethnicity` is a Chinese word, `sex` is 1 or 2."""
    avoided = parts("any", "avoid")
    while True:
        name = _one(rng, ethnicity, "m" if sex == "1" else "f")
        if name not in avoided and len(name) <= LONGEST:
            return name


def _one(rng: random.Random, ethnicity: str, sex: str) -> str:
    if ethnicity == "蒙古族":
        return _mongolian(rng, sex)
    group = {"达斡尔族": "daur", "鄂温克族": "ewenki", "鄂伦春族": "oroqen"}.get(ethnicity, "han")
    return rng.choice(parts(group, "family")) + _han_given(rng, sex)


def _han_given(rng: random.Random, sex: str) -> str:
    chars = parts("han", "given", sex)
    first = rng.choice(chars)
    return first if rng.random() < 0.2 else first + rng.choice([char for char in chars if char != first])


def _mongolian(rng: random.Random, sex: str) -> str:
    """A third bear a Han-style family name; the others the given name alone, of one or two elements."""
    elements = parts("mongolian", "given", sex)
    first = rng.choice(elements)
    if rng.random() < 1 / 3:
        family = rng.choice(parts("mongolian", "family"))
        return family + (first if rng.random() < 0.6 else _han_given(rng, sex))
    second = rng.choice([other for other in elements if other != first])
    return first if len(first) > 2 and rng.random() < 0.5 else first + second
