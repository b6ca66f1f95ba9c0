"""The months that the paper of a month, or of a year bound as one, is about."""

_YEAR = 4


def months_of(rest: str) -> list[str]:
    """Return the months of a subject's rest: itself for 2019-04, all twelve for 2019."""
    return [f"{rest}-{month:02d}" for month in range(1, 13)] if len(rest) == _YEAR else [rest]
