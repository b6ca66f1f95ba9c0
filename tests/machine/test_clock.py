"""The clock: one moment seen as date, time and stamp."""

import time
from datetime import date, datetime, timedelta

import pytest

from tuopin_desktop.machine.clock import Clock, FixedClock, beijing


def test_the_computers_clock_gives_one_moment_three_ways() -> None:
    clock = Clock()
    before, now, after = clock.wall_ms(), clock.now(), clock.wall_ms()
    assert now.microsecond == 0
    assert now.tzinfo is None
    assert beijing(before) <= now <= beijing(after)
    assert clock.today() - now.date() in (timedelta(0), timedelta(days=1))


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a running process is set on POSIX only")
@pytest.mark.parametrize("zone", ["America/New_York", "UTC", "Asia/Shanghai", "Pacific/Kiritimati"])
def test_every_zone_of_the_computer_shows_beijing_time(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as set_to:
        set_to.setenv("TZ", zone)
        time.tzset()
        before, now, after = Clock().wall_ms(), Clock().now(), Clock().wall_ms()
        today = Clock().today()
    time.tzset()
    utc = datetime(1970, 1, 1) + timedelta(hours=8)
    assert utc + timedelta(seconds=before // 1000) <= now <= utc + timedelta(seconds=after // 1000)
    assert today - now.date() in (timedelta(0), timedelta(days=1))


def test_a_fixed_clock_stands_until_it_is_moved() -> None:
    clock = FixedClock(datetime(2018, 6, 1, 8, 30))
    assert (clock.today(), clock.now()) == (date(2018, 6, 1), datetime(2018, 6, 1, 8, 30))
    assert clock.wall_ms() == 1_527_841_800_000
    clock.moment += timedelta(days=1, milliseconds=5)
    assert clock.today() == date(2018, 6, 2)
    assert clock.wall_ms() == 1_527_841_800_000 + 86_400_000 + 5
