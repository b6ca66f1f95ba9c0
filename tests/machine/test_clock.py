"""The clock: one moment seen as date, time and stamp."""

from datetime import date, datetime, timedelta

from tuopin_desktop.machine.clock import Clock, FixedClock


def test_the_computers_clock_gives_one_moment_three_ways() -> None:
    clock = Clock()
    before, now, after = clock.wall_ms(), clock.now(), clock.wall_ms()
    assert now.microsecond == 0
    assert now.tzinfo is None
    assert before - 1000 <= now.timestamp() * 1000 <= after
    assert clock.today() - now.date() in (timedelta(0), timedelta(days=1))


def test_a_fixed_clock_stands_until_it_is_moved() -> None:
    clock = FixedClock(datetime(2018, 6, 1, 8, 30))
    assert (clock.today(), clock.now()) == (date(2018, 6, 1), datetime(2018, 6, 1, 8, 30))
    assert clock.wall_ms() == 1_527_841_800_000
    clock.moment += timedelta(days=1, milliseconds=5)
    assert clock.today() == date(2018, 6, 2)
    assert clock.wall_ms() == 1_527_841_800_000 + 86_400_000 + 5
