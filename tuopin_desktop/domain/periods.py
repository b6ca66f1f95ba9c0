"""Periods as offices write them: 自…起至…止, with hours of the day, with 共3天 beside them or for the end."""

import re
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain import officialdays
from tuopin_desktop.domain.halves import Half, Period
from tuopin_desktop.domain.reading import narrow, read_date, read_period

_LONGEST = 80
_LONGEST_DAYS = 366
_COUNT = re.compile(
    r"[,，;；、。\s]*[(\[]?(?:(?:总共|共计|合计|总计|共|计|为期|历时|期限)?[::]?(?P<days>[0-9]{1,3}(?:[.][05])?|半)个?"
    r"(?P<work>工作|自然|日历)?天(?P<half>半)?|(?:总共|共计|合计|总计|共|计|为期)(?P<alone>[0-9]{1,3})个?(?P<kind>工作|自然)?日)"
    r"[)\]]?[.。]?$"
)
_START, _STOP = re.compile("^(?:自|从|由|于)"), re.compile("(?:为止|截止|结束|止|返回|返岗)$")
_BEGUN = re.compile("(?:开始|起)(?=$|[至到~—–,，-])")
_CLOCK = re.compile(
    r"(?:(?P<word>上午|下午|中午|晚上|早上|凌晨|傍晚)[ ]?|[ T]|(?<=[日号]))(?P<hour>[0-9]{1,2})"
    r"(?:[:：](?P<minute>[0-9]{2})(?:[:：][0-9]{2})?|[时点](?:(?P<minutes>[0-9]{1,2})分?|(?P<half>半))?整?)"
)
_CLOSE = re.compile(r"\s*([^0-9\s])\s*")
"""A space stands for nothing but where it parts figures: the day from the hour."""

_NOON = 12 * 60
_OPENS, _CLOSES = 8 * 60 + 30, 17 * 60
"""An office's hours: who leaves after they close or is back before they open was away for no half-day of that day."""

_AFTERNOON = {"下午", "晚上", "傍晚"}


class Reading(msgspec.Struct, frozen=True):
    """What a text comes to: the period, or none and the `doubt` that must be asked.

    `note` says what was understood beyond the bare dates (an hour as a half-day, a count of days as the end);
    `days` is the count written beside the dates, `single` tells that one day alone was written.
    """

    period: Period | None
    note: str = ""
    doubt: str = ""
    single: bool = False


def understand(text: str, today: date | None = None) -> Reading:
    """Return what a period means in the words of an office; one that is not certain has a doubt or nothing at all."""
    if len(text) > _LONGEST:
        return Reading(None)
    text = _folded(text)
    if (usual := read_period(text, today)) is not None:
        return Reading(usual, single=_one_day(text, today))
    plain = _CLOSE.sub(r"\1", officialdays.plain(text))
    for spelled in _each_day(plain):
        if (day := read_date(officialdays.plain(spelled), today)) and (fault := _weekday(text, spelled, day)):
            return Reading(None, doubt=fault)
    days, work, bare = _counted(plain)
    notes: list[str] = []
    halves, doubt = _hours(bare, notes)
    if doubt:
        return Reading(None, doubt=doubt)
    ends = officialdays.with_whole_years(_bare(halves))
    period = read_period(ends, today)
    if period is None:
        return Reading(None)
    single = _one_day(ends, today)
    if days is None:
        return Reading(period, "；".join(notes), single=single)
    return against_count(
        msgspec.structs.replace(Reading(period, single=single), note="；".join(notes)), days, work=work
    )


def against_count(reading: Reading, days: float, *, work: bool = False) -> Reading:
    """Return a reading held against a count of days; one day alone and a count are a first day and its length."""
    period = reading.period
    if period is None or period.halves <= 0:
        return reading
    if work:
        faulty = days > period.days
        sentence = f"写的是{_said(days)}个工作日，起止只有{_said(period.days)}天，请核对"
        return msgspec.structs.replace(reading, period=None, doubt=sentence) if faulty else reading
    if days == period.days:
        return reading
    if not reading.single or not 0 < days <= _LONGEST_DAYS:
        sentence = f"写的是{_said(days)}天，按起止算来是{_said(period.days)}天，请核对"
        return msgspec.structs.replace(reading, period=None, doubt=sentence)
    longer = lasting(period, days)
    note = "；".join(part for part in (reading.note, f"首日起{_said(days)}天") if part)
    return msgspec.structs.replace(reading, period=longer, note=note, single=False)


def lasting(period: Period, days: float) -> Period:
    """Return the period of so many days (counted by halves) from the first half of another."""
    first = 0 if period.first_half == "am" else 1
    last = first + round(days * 2) - 1
    return Period(period.first, period.first_half, period.first + timedelta(days=last // 2), "pm" if last % 2 else "am")


def half_of(minutes: int, *, leaving: bool) -> Half | None:
    """Return the half-day an hour stands for at the beginning or the end of an absence; None when it is neither.

    Leaving before noon takes the morning, coming back by noon leaves the afternoon; outside the office's hours
    nobody can tell whether that day counts.
    """
    if leaving:
        return None if minutes >= _CLOSES else "am" if minutes < _NOON else "pm"
    return None if minutes < _OPENS else "am" if minutes <= _NOON + 30 else "pm"


def _one_day(text: str, today: date | None) -> bool:
    return read_date("".join(narrow(text).split()), today) is not None


def _counted(text: str) -> tuple[float | None, bool, str]:
    """Return the days written behind the dates, whether they are working days, and the text without them."""
    match = _COUNT.search(text)
    if match is None:
        return None, False, text
    figure = match["days"] or match["alone"]
    days = 0.5 if figure == "半" else float(figure) + (0.5 if match["half"] else 0)
    rest = text[: match.start()]
    return (days, "工作" in (match["work"], match["kind"]), rest) if rest.strip() else (None, False, text)


def _folded(text: str) -> str:
    """Return the text with what stands for 至 written so: two hyphens, 起：and 止：, a line each, 10日、11日."""
    text = _ALSO_FREE.sub("", _DASHES.sub("至", text.strip()))
    if re.search("[至到~]", text) is None:
        text = _TWO_LINES.sub(r"\1至", text)
    text = _LAST_IS.sub("至", _FIRST_IS.sub("", text))
    return re.sub("至{2,}", "至", _NEIGHBOURS.sub(_through, text))


def _through(match: re.Match[str]) -> str:
    """Return two days named one after the other as the span they are; others stay as they were written."""
    return f"{match[1]}日至{match[2]}日" if int(match[2]) == int(match[1]) + 1 else match[0]


_DASHES = re.compile(r"\s*(?:-{2,}|—{2,}|–{2,}|－{2,})\s*")
_TWO_LINES = re.compile(r"([日号]|[./-][0-9]{1,2})[ \t]*[\r\n]+\s*(?=[0-9])")
_FIRST_IS = re.compile(r"(?:起始|开始|起)(?:日期|时间|日)?\s*[:：]\s*")
_LAST_IS = re.compile(r"[\s,，;；]*(?:终止|截止|结束|止)(?:日期|时间|日)?\s*[:：]\s*")
_ALSO_FREE = re.compile(r"[(（\[]?含(?:法定)?(?:周末|双休日?|节假日|休息日|公休日?)[)）\]]?")
_NEIGHBOURS = re.compile("([0-9]{1,2})[日号]?、([0-9]{1,2})[日号]")


def _bare(text: str) -> str:
    text = _STOP.sub("", _START.sub("", text.strip(" ,，;；。")).strip()).strip()
    text = _BEGUN.sub("", text).strip(" ,，")
    return re.sub(r"[,，](?=[至到])|起(?=[至到])", "", text)


def _hours(text: str, notes: list[str]) -> tuple[str, str]:
    """Return the text with hours as half-days, and the doubt when an hour is outside the office's."""
    matches = list(_CLOCK.finditer(text))
    if not matches or len(matches) > 2:
        return text, ""
    cut = re.search("[至到~—–]", text)
    for number, match in reversed(list(enumerate(matches))):
        leaving = number == 0 and (len(matches) == 2 or cut is None or match.start() < cut.start())
        minutes = _minutes(match)
        half = half_of(minutes, leaving=leaving) if minutes is not None else None
        spelled = match[0].strip()
        if half is None:
            what = "离开" if leaving else "返回"
            return text, f"“{spelled}”{what}不在上班时间内，分不清当天算不算，请写明从哪天的上午或下午算"
        word = {"am": "上午", "pm": "下午"}[half]
        notes.insert(0, f"“{spelled}”按{word}")
        text = text[: match.start()] + word + text[match.end() :]
    return text, ""


def _minutes(match: re.Match[str]) -> int | None:
    hour = int(match["hour"])
    minute = 30 if match["half"] else int(match["minute"] or match["minutes"] or 0)
    if hour < 12 and match["word"] in _AFTERNOON:
        hour += 12
    return hour * 60 + minute if hour < 24 and minute < 60 else None


_DAY = re.compile(r"(?:[0-9]{2,4}[年./-])?[0-9]{1,2}[月./-][0-9]{1,2}[日号]?")


def _each_day(text: str) -> list[str]:
    return _DAY.findall(text)


def _weekday(text: str, spelled: str, day: date) -> str:
    """Return what is wrong with a weekday written right behind a day."""
    place = officialdays.plain(text).find(spelled)
    marks = re.escape(spelled)
    beside = (
        re.search(marks + r"\s*([(（\[]?(?:星期|周|礼拜)?[一二三四五六日天][)）\]]?)", narrow(text))
        if place >= 0
        else None
    )
    return officialdays.weekday_fault(beside[1], day) if beside else ""


def _said(days: float) -> str:
    return str(int(days)) if days == int(days) else str(days)
