"""`station`, `package` and `conflicts`: who may sign, packages by stick, differences to settle."""

import argparse
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.verb import Do, Steps, Verb, step, steps_of
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.exchange.trust import fingerprint, spoken
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.exchange import (
    closedpcs,
    intray,
    packageboard,
    packages,
    receiptlist,
    scanpackages,
    sticks,
    updates,
)
from tuopin_desktop.services.exchange.accounts import PackageView
from tuopin_desktop.services.office import library, offices, signed, stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import called
from tuopin_desktop.services.registers import conflicts, wording

SHORT = 8
"""Digits of a PC's number in a list: enough to tell it from the others, and to name it to `revoke`."""
_REHEARSED = "以上是试收的结果，未写入任何数据。"


_REPLACE = "更换登记错了的自治区办公室核对号码（还没有收过它的数据包时）"


def _step_options(steps: Steps, name: str, do: Do, act: Act, text: str) -> argparse.ArgumentParser:
    one = step(steps, name, do, act=act, help=text)
    one.add_argument("--json", action="store_true", help="以 JSON 输出")
    return one


def _station_options(verb: argparse.ArgumentParser) -> None:
    steps = steps_of(verb)
    card = _step_options(steps, "card", _card, Act.AUTHORISE, "写出本机的登记卡，显示电话核对用的号码")
    card.add_argument("folder", type=Path, metavar="OUT_DIR", help="放登记卡的文件夹，如 U 盘")
    card.add_argument("--name", default="", help="这台电脑的称呼")
    _step_options(
        steps, "renew", _renew, Act.AUTHORISE, "密钥打不开（换过 Windows 用户、重装过系统）时换用新密钥，重新申请授权"
    )
    enrol = _step_options(
        steps, "enrol", _enrol, Act.AUTHORISE, "收下登记卡：自治区办公室授权电脑；其他单位登记自治区办公室的卡"
    )
    enrol.add_argument("card", type=Path, metavar="CARD")
    enrol.add_argument(
        "--fingerprint", default="", help="电话中听到的核对号码（8组、每组4位数字；以前的版本显示的也可以）"
    )
    enrol.add_argument("--name", default="", help="这台电脑的称呼（默认用登记卡上的）")
    enrol.add_argument("--replace", action="store_true", help=_REPLACE)
    trust = _step_options(
        steps, "trust", _trust, Act.AUTHORISE, "没有登记卡时，直接登记电话核对过的自治区办公室的核对号码"
    )
    trust.add_argument("fingerprint", metavar="FINGERPRINT", help="8组、每组4位")
    trust.add_argument("--replace", action="store_true", help=_REPLACE)
    _step_options(steps, "list", _stations, Act.READ, "列出已授权的电脑")
    revoke = _step_options(steps, "revoke", _revoke, Act.AUTHORISE, "停用电脑（已收到的数据仍有效）")
    _which_options(revoke)
    revoke.add_argument("--reason", default="", help="原因")
    revoke.add_argument("--everything", action="store_true", help="连已收到的也不算（电脑被盗时用）")
    _which_options(_step_options(steps, "reopen", _reopen, Act.AUTHORISE, "恢复停用的电脑"))
    escrow = _step_options(steps, "escrow", _escrow, Act.AUTHORISE, "设定备用公钥：所有数据包同时加密给它")
    escrow.add_argument("recipient", metavar="AGE_PUBLIC_KEY", help="age1…；空字符串表示不再使用")


def _which_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("station", metavar="STATION", help="电脑编号（可只写开头几位）")


def _package_options(verb: argparse.ArgumentParser) -> None:
    steps = steps_of(verb)
    make = _step_options(steps, "make", _make, Act.SEND, "制作数据包，写好、读回核对后提示可以拔出")
    make.add_argument("--to", required=True, metavar="OFFICE", help="接收单位代码：15、盟市4位、旗县6位")
    make.add_argument("folder", type=Path, metavar="OUT_DIR", help="放数据包的文件夹，如 U 盘")
    make.add_argument("--part-mb", type=int, default=0, metavar="N", help="超过约 N MB 时分成几个包，各自完整")
    make.add_argument("--all", action="store_true", help="不看回执，从头重发（对方数据丢失时用）")
    make.add_argument("--with-scans", action="store_true", help="同时制作扫描件包（附件的文件平时不随数据走）")
    make.add_argument("--with-update", action="store_true", help="同时带上本单位收下的程序更新（见 update take）")
    text = "扫描件只带这一天以后存的（默认全部）"
    make.add_argument("--since", type=date.fromisoformat, metavar="YYYY-MM-DD", help=text)
    _file_options(_step_options(steps, "show", _show, Act.READ, "查看数据包的标签和内容，不写入任何数据"))
    take = _step_options(steps, "import", _import, Act.RECEIVE, "收下数据包：全部收下，或一条也不收")
    _file_options(take)
    take.add_argument("--rehearse", action="store_true", help="只试收，说明会改什么，不写入任何数据")
    take.add_argument(
        "--follow-region",
        action="store_true",
        help="同一台电脑的数据有两个版本时，以自治区办公室的这个包为准（先备份；放下的由原电脑重新制作）",
    )
    undo = _step_options(steps, "undo", _undo, Act.RECEIVE, "撤销最近收下的一个包")
    undo.add_argument("--batch", action="store_true", help="撤销最近一次收下的全部包")
    heard = _step_options(
        steps, "receipt", _receipt, Act.READ, "列出双方的回执和时间（要念给对方的、对方给的）；或登记听到的回执码"
    )
    heard.add_argument("code", nargs="?", default="", metavar="CODE", help="如 0017-K7QM-3RXP")
    heard.add_argument("--of", default="", metavar="OFFICE", help="只列这个单位的回执（代码或名称）")
    _step_options(
        steps,
        "write-off",
        _write_off,
        Act.RECEIVE,
        "恢复旧备份后缺的内容自治区办公室也没有时，不再等待（以后找到仍可收下）",
    )
    _step_options(steps, "board", _board, Act.READ, "收发一览：各单位最近的包、缺口、未确认的数据")


def _file_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE")


def _conflicts_options(verb: argparse.ArgumentParser) -> None:
    steps = steps_of(verb)
    parser = _step_options(steps, "list", _conflicts, Act.READ, "列出还没有处理的各处")
    parser.add_argument("--reveal", action="store_true", help="完整显示个人信息（默认遮盖），留下记录")
    keep = _step_options(steps, "keep", _keep, Act.ENTER, "确认现在的值；加 --lost 则改回被覆盖的值")
    keep.add_argument("which", nargs="+", metavar="N", help="列表中的第几处；脚本也可写 种类 记录号 字段")
    keep.add_argument("--lost", action="store_true", help="改回被覆盖的值")


def _card(desk: Desk, options: Namespace, out: TextIO) -> None:
    path = stations.write_card(desk, options.folder, options.name)
    card = stations.card(desk, options.name)
    digits = spoken(fingerprint(card.sign))
    if options.json:
        say_json(out, {"path": str(path), "station": card.station, "office": card.office, "fingerprint": digits})
        return
    say(out, f"登记卡已写好：{path}，可以拔出。")
    say(out, f"请在电话中念出核对号码：{digits}")


def _renew(desk: Desk, options: Namespace, out: TextIO) -> None:
    card = stations.renew(desk)
    digits = spoken(fingerprint(card.sign))
    if options.json:
        say_json(out, {"station": card.station, "office": card.office, "fingerprint": digits})
        return
    say(out, f"已换用新密钥，原来的密钥文件留在数据文件夹里（打开以前的加密备份还要用）。本机核对号码：{digits}")
    say(out, "请带登记卡（station card）交自治区办公室重新授权，再收下它的数据包。")


def _enrol(desk: Desk, options: Namespace, out: TextIO) -> None:
    seat = stations.enrol(
        desk, stations.read_card(options.card), options.fingerprint, options.name, replace=options.replace
    )
    if options.json:
        say_json(out, seat)
    else:
        say(out, f"已登记{seat.whose}的电脑{seat.station[:SHORT]}（核对号码 {seat.fingerprint}）。")


def _trust(desk: Desk, options: Namespace, out: TextIO) -> None:
    stations.pin(desk, options.fingerprint, replace=options.replace)
    if options.json:
        say_json(out, {"root": stations.root(desk)})
    else:
        say(out, f"已登记自治区办公室的核对号码：{spoken(stations.root(desk))}")


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
        outcome = "已停用" if seat.closed else "已恢复"
        say(out, f"{seat.whose}{seat.name}的电脑{outcome}，随下一个数据包通知各单位。")


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
    for path in updates.hand_down(desk, options.folder) if options.with_update else ():
        if options.json:
            say_json(out, {"update": path})
        else:
            say(out, f"程序更新已写好并读回核对：{path}")
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


def _standing(package_view: PackageView) -> str:
    if package_view.shut:
        return f"已停用，停用以后送来的内容{closedpcs.IDLE}"
    return "已授权" if package_view.known else "本机还不认识这个电脑"


def _import(desk: Desk, options: Namespace, out: TextIO) -> None:
    if options.file.is_dir():
        _import_all(desk, options, out)
        return
    if scanpackages.are_scans(packages.proved(options.file).label):
        scans = scanpackages.take(desk, options.file, keep=not options.rehearse)
        say_json(out, scans) if options.json else say(out, scans.sentence)
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


def _import_all(desk: Desk, options: Namespace, out: TextIO) -> None:
    """Take everything in a folder in, or rehearse it, the oldest first."""
    paths = sticks.look(desk, options.file).arriving
    if not paths:
        raise refuse("empty", f"“{options.file.name}”里没有给本单位、还没有收下的数据包", "file")
    if options.rehearse:
        for one in intray.rehearse_all(desk, paths):
            say_json(out, one) if options.json else say(out, "\n".join(one.sentences))
        if not options.json:
            say(out, _REHEARSED)
        return
    batch = intray.take_all(desk, paths)
    if options.json:
        say_json(out, batch)
        return
    for line in (*batch.lines, batch.sentence):
        say(out, line)


def _undo(desk: Desk, options: Namespace, out: TextIO) -> None:
    if options.batch:
        undone_batch = intray.undo_all(desk)
        say_json(out, undone_batch) if options.json else say(out, intray.undoing_words(undone_batch))
        return
    undone = packages.undo(desk)
    if options.json:
        say_json(out, undone)
    else:
        say(out, packageboard.undone_words(undone))


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
        say_json(out, one) if options.json else say(out, one.line)


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
    for line in packageboard.board_lines(board):
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
    outcome = conflicts.keep(desk, *conflicts.place(desk, options.which), lost=options.lost)
    if options.json:
        say_json(out, outcome)
    else:
        say(
            out, f"{outcome.title}的{outcome.label}：定为“{(outcome.lost if options.lost else outcome.kept) or '空'}”。"
        )


VERBS = (
    Verb("station", "电脑：登记卡、授权、列表、停用", _station_options),
    Verb("package", "数据包：制作、查看、试收、收下、撤销、回执、收发一览", _package_options),
    Verb("conflicts", "两处都改过的内容：并列查看，确认其一", _conflicts_options),
)
