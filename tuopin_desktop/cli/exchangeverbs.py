"""`station`, `package`, `conflicts`: each step one service call and its words."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import TextIO

from tuopin_desktop.cli.opening import opened, say, say_json
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.exchange.trust import fingerprint, spoken
from tuopin_desktop.services.exchange import closedpcs, packageboard, packages, receiptlist, scanpackages
from tuopin_desktop.services.office import library, offices, signed, stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import called
from tuopin_desktop.services.registers import conflicts, wording

SHORT = 8
"""Digits of a PC's number in a list: enough to tell it from the others, and to name it to `revoke`."""
_REHEARSED = "以上是试导入的结果，未写入任何数据。"
Step = Callable[[Desk, Namespace, TextIO], None]


def _verb(steps: Mapping[str, Step]) -> Callable[[Namespace, TextIO], int]:
    def verb(options: Namespace, out: TextIO) -> int:
        with opened(options) as desk:
            steps[options.step](desk, options, out)
        return 0

    return verb


def _card(desk: Desk, options: Namespace, out: TextIO) -> None:
    path = stations.write_card(desk, options.folder, options.name)
    card = stations.card(desk, options.name)
    digits = spoken(fingerprint(card.sign))
    if options.json:
        say_json(out, {"path": str(path), "station": card.station, "office": card.office, "fingerprint": digits})
        return
    say(out, f"申请卡已写好：{path}，可以拔出。")
    say(out, f"请在电话中念出指纹：{digits}")


def _enrol(desk: Desk, options: Namespace, out: TextIO) -> None:
    seat = stations.enrol(desk, stations.read_card(options.card), options.fingerprint, options.name)
    if options.json:
        say_json(out, seat)
    else:
        say(out, f"已登记{seat.whose}的电脑{seat.station[:SHORT]}（指纹 {seat.fingerprint}）。")


def _trust(desk: Desk, options: Namespace, out: TextIO) -> None:
    stations.pin(desk, options.fingerprint)
    if options.json:
        say_json(out, {"root": stations.root(desk)})
    else:
        say(out, f"已登记自治区办公室的指纹：{spoken(stations.root(desk))}")


def _stations(desk: Desk, options: Namespace, out: TextIO) -> None:
    for seat in stations.listed(desk):
        if options.json:
            say_json(out, seat)
        else:
            state = ("已停用" if seat.closed else "在用") + ("（本机）" if seat.own else "")
            say(out, f"{seat.whose}\t{seat.name}\t电脑编号 {seat.station[:SHORT]}\t{state}\t{seat.fingerprint}")


def _revoke(desk: Desk, options: Namespace, out: TextIO) -> None:
    _seat(stations.revoke(desk, options.station, options.reason, everything=options.everything), options, out)


def _reopen(desk: Desk, options: Namespace, out: TextIO) -> None:
    _seat(stations.reopen(desk, options.station), options, out)


def _seat(seat: stations.Seat, options: Namespace, out: TextIO) -> None:
    if options.json:
        say_json(out, seat)
    else:
        done = "已停用" if seat.closed else "已恢复"
        say(out, f"{seat.whose}{seat.name}的电脑{done}，随下一个数据包通知各单位。")


def _escrow(desk: Desk, options: Namespace, out: TextIO) -> None:
    stations.set_escrow(desk, options.recipient)
    if options.json:
        say_json(out, {"escrow": options.recipient})
    else:
        say(out, "备用公钥已设定。" if options.recipient else "不再使用备用公钥。")


def _make(desk: Desk, options: Namespace, out: TextIO) -> None:
    package_files = packages.make(
        desk, options.to, options.folder, part_bytes=options.part_mb * 1024 * 1024, everything=options.all
    )
    for one in package_files:
        if options.json:
            say_json(out, one)
        else:
            say(out, f"第{one.number}号数据包已写好并读回核对：{one.path}（{one.changes}条，{one.size / 1024:.0f} KB）")
    for scans in scanpackages.make(desk, options.to, options.folder, since=options.since) if options.with_scans else ():
        if options.json:
            say_json(out, scans)
        else:
            say(out, f"扫描件包已写好并读回核对：{scans.path}（{scans.scans}份，{scans.size / 1024:.0f} KB）")
    if not options.json:
        say(out, "可以拔出。")


def _show(desk: Desk, options: Namespace, out: TextIO) -> None:
    package_view = packages.show(desk, options.file)
    if options.json:
        say_json(out, package_view)
        return
    label = package_view.label
    say(out, f"数据包：{label['External-Identifier']}，{label['Bagging-Date']}，{label['Tuopin-Changes']}条")
    say(out, f"送包单位：{called(label['Source-Organization'])}，接收单位：{called(label['Tuopin-To'])}")
    say(out, f"签名：{wording.pc(desk, package_view.station)}，{_standing(package_view)}")
    if package_view.closed:
        say(out, package_view.closed)


def _standing(package_view: packages.PackageView) -> str:
    if package_view.shut:
        return f"已停用，停用以后送来的内容{closedpcs.IDLE}"
    return "已授权" if package_view.known else "本机还不认识这个工作站"


def _import(desk: Desk, options: Namespace, out: TextIO) -> None:
    if scanpackages.are_scans(packages.proved(options.file).label):
        scans = scanpackages.take(desk, options.file, keep=not options.rehearse)
        say_json(out, scans) if options.json else say(out, scans.words)
        if options.rehearse and not options.json:
            say(out, _REHEARSED)
        return
    if options.follow_region:
        import_account = packages.follow(desk, options.file, keep=not options.rehearse)
    else:
        import_account = (packages.rehearse if options.rehearse else packages.take)(desk, options.file)
    if options.json:
        say_json(out, import_account)
        return
    for line in packages.account(import_account):
        say(out, line)
    if options.rehearse:
        say(out, _REHEARSED)
    else:
        say(out, f"{import_account.result}。请在电话中念出回执：{import_account.receipt}")


def _undo(desk: Desk, options: Namespace, out: TextIO) -> None:
    undone = packages.undo(desk)
    if options.json:
        say_json(out, undone)
    else:
        say(out, packageboard.undone_words(desk, undone))


def _write_off(desk: Desk, options: Namespace, out: TextIO) -> None:
    lacking = signed.write_off(desk)
    if options.json:
        say_json(out, lacking)
        return
    for text in wording.Wording(desk).lacking(lacking):
        say(out, f"{text}，自治区办公室也没有，不再等待。请查对纸质底稿，把这些内容重新录入。")


def _receipt(desk: Desk, options: Namespace, out: TextIO) -> None:
    if options.code:
        heard = packageboard.acknowledge(desk, options.code)
        if options.json:
            say_json(out, heard)
        else:
            say(out, packageboard.heard_words(heard))
        return
    office = offices.office_code(_level(options.of), options.of) if options.of else ""
    for one in receiptlist.entries(desk, office):
        say_json(out, one) if options.json else say(out, one.words)


def _level(text: str) -> str:
    """Return the level of an office named by its code; a name is a county's or a league's."""
    if text == ids.REGION:
        return ids.Level.REGION.value
    leagues = {row["league"] for row in library.table("counties.csv")}
    return ids.Level.LEAGUE.value if len(text) == 4 or text in leagues else ids.Level.COUNTY.value


def _board(desk: Desk, options: Namespace, out: TextIO) -> None:
    board = packageboard.board(desk)
    if options.json:
        say_json(out, board)
        return
    for line in packageboard.words(board):
        say(out, line)


def _conflicts(desk: Desk, options: Namespace, out: TextIO) -> None:
    for number, one in enumerate(conflicts.listed(desk, reveal=options.reveal), 1):
        if options.json:
            say_json(out, one)
        else:
            by = f"（{one.kept_by}）" if one.kept_by else ""
            say(out, f"{number}\t{one.title}的{one.label}：")
            say(out, f"    现为“{one.kept or '空'}”{by}，另有“{one.lost or '空'}”（{one.lost_by}）{one.why}")


def _keep(desk: Desk, options: Namespace, out: TextIO) -> None:
    done = conflicts.keep(desk, *conflicts.place(desk, options.which), lost=options.lost)
    if options.json:
        say_json(out, done)
    else:
        say(out, f"{done.title}的{done.label}：定为“{(done.lost if options.lost else done.kept) or '空'}”。")


station_verb = _verb(
    {
        "card": _card,
        "enrol": _enrol,
        "trust": _trust,
        "list": _stations,
        "revoke": _revoke,
        "reopen": _reopen,
        "escrow": _escrow,
    }
)
package_verb = _verb(
    {
        "make": _make,
        "show": _show,
        "import": _import,
        "undo": _undo,
        "write-off": _write_off,
        "receipt": _receipt,
        "board": _board,
    }
)
conflicts_verb = _verb({"list": _conflicts, "keep": _keep})
