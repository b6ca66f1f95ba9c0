"""One version of the program after another over the same data: what is said of a swap, and the way back.

A later version may change the tables, and then an earlier one cannot read them. What it does about that: if nothing was
entered since the copy made before the change, the copy takes the place by itself; else the clerk chooses.
"""

from contextlib import suppress
from pathlib import Path

import msgspec

from tuopin_desktop import __version__
from tuopin_desktop.domain.problems import Newer, Trouble, refuse
from tuopin_desktop.domain.versions import is_version, newer
from tuopin_desktop.machine import files, versions
from tuopin_desktop.machine.clock import Clock
from tuopin_desktop.machine.versions import Form, Installation, State
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.vaults import Unlock
from tuopin_desktop.store import backup, migrations
from tuopin_desktop.store.store import DATABASE

_TABLES = "tables"
"""Beside the versions: which number of tables each writes, as far as one of them has said so."""
_PLAIN_ONLY = 87
"""The last number of tables that was written by a version which reads plain files alone."""
_HOW = {
    Form.SYSTEM: "本机的程序由系统的软件包（.deb）安装，请用新的 .deb 更新，不用这里的更新文件",
    Form.SOURCE: "本机运行的是源代码，请取新的源代码更新，不用这里的更新文件",
    Form.OTHER: "本机的程序不是用安装包或绿色版装的，不能用更新文件换版本，请用安装时的办法更新",
}


class News(msgspec.Struct, frozen=True):
    """What became of a swap, and whether it is what was wanted."""

    sentence: str
    good: bool


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Which version runs, which starts next, which lies beside it, and why none can be swapped in here.

    `target` is the version that going back leads to, "" for none, and `back` what that means.
    """

    running: str
    next: str = ""
    earlier: str = ""
    target: str = ""
    back: str = ""
    hindrance: str = ""


def standing() -> Standing:
    """Return how the versions stand on this computer."""
    place = versions.installation()
    if place is None:
        return Standing(running=__version__, hindrance=_HOW[versions.form()])
    try:
        state, earlier, prepared = versions.read(place), _other(place), _prepared(place)
    except Trouble as trouble:
        why = f"程序的版本记录读不了，请稍候再试：{trouble.sentence.rstrip('。')}"
        return Standing(running=place.own, hindrance=why)
    swap = state.next if versions.whole(place, state.next) else ""
    if prepared:
        target, meaning = place.own, _staying(place, prepared)
    else:
        target, meaning = earlier, _meaning(place, earlier) if earlier else ""
    return Standing(running=place.own, next=swap, earlier=earlier, target=target, back=meaning)


def sentence(of: Standing) -> str:
    """Return how the versions stand in a sentence."""
    text = f"正在使用{of.running}"
    if of.next:
        text += f"；{of.next}已备好，关闭程序后再打开就换上"
    if of.earlier:
        text += f"；{of.earlier}仍保留，可以换回"
    return f"{text}；{of.hindrance}" if of.hindrance else text


def installed() -> Installation:
    """Return where the versions lie; raises Refused where there is no such place, Trouble where it is read-only."""
    place = versions.installation()
    if place is None:
        raise refuse("form", _HOW[versions.form()])
    versions.refuse_unwritable(place)
    return place


# -- when the window is up


def window_is_up() -> News | None:
    """Note that this version's window came up, and return what the clerk is to know of a swap, None for nothing.

    Until it is noted the version is on trial, and the launcher goes back to the one before. Where there are news,
    `sweep` is to follow.
    """
    place = versions.installation()
    if place is None:
        return None
    try:
        news = _news(place, _swapped(place, versions.read(place)))
    except Trouble as trouble:
        return News(f"程序的版本记录读不了，刚换过版本的，下次打开可能再换一次：{trouble.sentence}", good=False)
    if news is not None:
        try:
            versions.update_state(place, lambda state: _settled(place, _swapped(place, state)))
            note_tables(place, place.own, migrations.newest())
        except Trouble as trouble:
            return News(f"{news.sentence}但没有记下来，下次打开可能再换一次：{trouble.sentence}", good=False)
    return news


def sweep() -> None:
    """Take away the versions that are not needed any more; it may take long."""
    place = versions.installation()
    if place is not None:
        versions.sweep(place)


def _settled(place: Installation, state: State) -> State:
    """Return the state without what was on trial; what failed can be swapped in once more, by hand, without a stick."""
    again = state.failed if versions.whole(place, state.failed) else ""
    return msgspec.structs.replace(state, previous=again or state.previous, trial="", failed="")


def put_off() -> None:
    """Let a trial begin anew at the next start: another program had the data, which says nothing about this version.

    Only the trial itself may: the data may be held by a trial that hangs without a window, and then a second start must
    not keep the launcher from going back.
    """
    place = versions.installation()
    if place is None or not versions.is_trial_here(place):
        return
    with suppress(Trouble):  # then the launcher goes back, and the update can be taken again
        versions.update_state(place, lambda state: _anew(state) if state.trial == place.own else state)


def _anew(state: State) -> State:
    return State(current=state.previous, next=state.trial) if state.previous else state


def _swapped(place: Installation, state: State) -> State:
    """Return the state as of a swap that was put off and then came up after all."""
    if state.next != place.own or state.current == place.own:
        return state
    return State(current=place.own, previous=state.current, trial=place.own)


def _news(place: Installation, state: State) -> News | None:
    if state.failed:
        kind = "新版" if newer(state.failed, place.own) else "旧版"
        again = f"点“换回{state.failed}”" if versions.whole(place, state.failed) else "再收一次更新文件"
        way = f"可以在“U盘交换”{again}再试；仍不成功的，"
        text = f"{kind}{state.failed}没有打开成功，已自动换回{place.own}，数据都在。{way}请告诉发放程序的单位。"
        return News(text, good=False)
    if state.trial != place.own:
        return None
    if newer(place.own, state.previous):
        return News(f"已换上新版{place.own}。旧版{state.previous}仍保留，可以在“U盘交换”换回。", good=True)
    return News(f"已换回{place.own}。", good=True)


# -- back


def back_meaning() -> str:
    """Return what going back means: no swap where one is prepared, else the other version; raises Refused for none."""
    place = installed()
    prepared = _prepared(place)
    return _staying(place, prepared) if prepared else _meaning(place, _wanted(place))


def _prepared(place: Installation) -> str:
    """Return the version that would be swapped in at the next start, "" for none."""
    swap = versions.read(place).next
    return swap if swap != place.own and versions.whole(place, swap) else ""


def _staying(place: Installation, prepared: str) -> str:
    return f"不换{prepared}：关闭程序后再打开，仍用{place.own}。数据不变。"


def _wanted(place: Installation) -> str:
    version = _other(place)
    if not version:
        raise refuse("back", f"没有可以换回的版本，本机只有{place.own}")
    return version


def _other(place: Installation) -> str:
    """Return the version that lies beside this one and can be started, "" for none."""
    return versions.startable(place) or forward_of(place)


def _meaning(place: Installation, version: str) -> str:
    text = f"关闭程序后再打开，就用{version}；打不开的话，再打开一次会自动换回{place.own}。"
    number = tables(place).get(version, 0)
    if newer(version, place.own) or number == migrations.newest():
        return f"{text}数据不变。"
    if 0 < number <= _PLAIN_ONLY:
        return (
            f"{text}现在的数据已经加密，{version}打不开加密的数据，只能再换回{place.own}；除非手里有换版前另存的、"
            f"没有加密的备份，请不要换回。"
        )
    changed = "新版改过数据的存法，旧版读不了现在的数据" if number else "新版如果改过数据的存法，旧版就读不了现在的数据"
    return (
        f"{text}{changed}：换上新版后没有录入过的，自动用换版前的备份；录入过的，旧版打开时会问："
        "用换版前的备份（此后录入的不在里面，现在的数据另存一份），还是用回新版。"
    )


def back() -> str:
    """Take back a swap that is prepared, else let the other version start next; return what that means.

    Raises Refused where there is neither, Trouble.
    """
    place = installed()
    prepared = _prepared(place)
    if not prepared:
        return other()
    versions.update_state(place, lambda state: msgspec.structs.replace(state, next=""))
    versions.sweep(place)
    return _staying(place, prepared)


def other() -> str:
    """Let the other version start next; return what that means. Raises Refused where there is none, Trouble."""
    place = installed()
    version = _wanted(place)
    versions.update_state(place, lambda state: _with_next(place, state, version))
    return _meaning(place, version)


def _with_next(place: Installation, state: State, version: str) -> State:
    """Return the state with what starts next; whoever can ask for that has a program that came up, no failed trial."""
    trial = "" if state.trial == place.own else state.trial
    return msgspec.structs.replace(state, next=version, trial=trial)


def forward_of(place: Installation) -> str:
    """Return the later version that lies beside this one, for data that only it can read; "" for none."""
    state = versions.read(place)
    later = [one for one in (state.previous, state.failed) if newer(one, place.own) and versions.whole(place, one)]
    return later[0] if later else ""


def tables(place: Installation) -> dict[str, int]:
    """Return which number of tables a version writes, of those that are known to."""
    try:
        lines = files.patiently(lambda: (place.versions / _TABLES).read_text(encoding="ascii")).splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    pairs = (line.partition("=") for line in lines)
    return {version: int(number) for version, _, number in pairs if is_version(version) and number.isdecimal()}


def note_tables(place: Installation, version: str, number: int) -> None:
    """Write down which number of tables a version writes; raises Trouble."""
    before = tables(place)
    if before.get(version) != number:
        text = "".join(f"{name}={one}\n" for name, one in (before | {version: number}).items())
        files.write(place.versions / _TABLES, text.encode("ascii"))


# -- data of a later version


def open_desk(folder: Path, clock: Clock | None = None, *, unlock: Unlock | None = None) -> Desk:
    """Open the office; where a later version has changed its tables and nothing was entered since, as it was before.

    `unlock` is as for an office. Raises Newer where something was entered, Locked, Refused, Trouble.
    """
    try:
        return offices.open_desk(folder, clock, unlock=unlock)
    except Newer:
        text = _as_before(folder, clock or Clock()) if versions.installation() is not None else ""
        if not text:
            raise
    desk = offices.open_desk(folder, clock, unlock=unlock)
    desk.store.notice = text
    return desk


def _as_before(folder: Path, clock: Clock) -> str:
    """Put the copy made before the tables were changed in place if it holds every entry; return what is said, or ""."""
    from tuopin_desktop.services.office import backups, rescue  # noqa: PLC0415 start-up: hardly ever goes back

    survey = rescue.survey(rescue.Bench(folder, clock))
    best = survey.best
    if best is None or survey.lacking != 0 or backup.lines_in(folder / DATABASE) != best.sight.lines:
        return ""
    backups.restore(folder, best.path, clock)
    return (
        f"新版改过数据的存法，本版读不了；新版没有录入过内容，已自动用“{best.path.name}”打开，一条不少。"
        f"新版的数据文件另存在“{backups.FOLDER}”里。"
    )
