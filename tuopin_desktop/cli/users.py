"""`user`: who uses this computer, with roles and passwords, and what is asked of them."""

import argparse
from argparse import Namespace
from pathlib import Path
from typing import TextIO

import msgspec

from tuopin_desktop.cli.opening import CODE, new_password, opened, password_of, say, say_json, unsigned
from tuopin_desktop.cli.verb import Verb, step, steps_of
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.roles import ROLE_ACTS, ROLE_WORDS, Act, Role, role_words
from tuopin_desktop.services.office import accountway, files, users
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import handover

_SWITCHES = {
    "second_close": "考勤结账和更正要两个人",
    "second_grade": "考核等次要两个人",
    "second_send": "制作数据包要两个人",
}


def user_options(verb: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    steps = steps_of(verb)
    parser = step(steps, "list", _list, act=Act.READ, help="列出使用人：身份、上次使用、状态")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    one = step(steps, "add", _add, act=Act.USERS, help="添加使用人；第一位就是现在办理的人，要兼管理员")
    one.add_argument("name", metavar="NAME", help="姓名")
    _role_options(one)
    one.add_argument("--no-password", action="store_true", help="只有一个人用时可以不设口令")
    one.add_argument("--awaits", action="store_true", help="接收工作的人：办了交接才能登录")
    _new_options(one)
    changed = step(steps, "roles", _roles, act=Act.USERS, help="改一位使用人的身份")
    changed.add_argument("name", metavar="NAME", help="姓名")
    _role_options(changed)
    gone = step(steps, "disable", _disable, act=Act.USERS, help="停用：不能再登录，名字留在经过里")
    gone.add_argument("name", metavar="NAME", help="姓名")
    back = step(steps, "enable", _enable, act=Act.USERS, help="重新启用，给一个新口令")
    back.add_argument("name", metavar="NAME", help="姓名")
    _new_options(back)
    other = step(steps, "password", _password, act=Act.READ, help="换自己的口令；写明姓名的，由管理员给别人换一个")
    other.add_argument("name", nargs="?", default="", metavar="NAME", help="姓名（默认自己）")
    _new_options(other)
    lost = step(steps, "recover", _recover, act=Act.READ, help="口令都忘了：凭打印的恢复码换一个，不必登录")
    lost.add_argument("name", metavar="NAME", help="姓名")
    lost.add_argument("--code-fd", type=int, metavar="N", help="从这个文件描述符读恢复码的第一行")
    _new_options(lost)
    over = step(steps, "handover", _handover, act=Act.HAND_OVER, help="交接：输出交接单；接收人用自己的口令确认")
    over.add_argument("name", metavar="NAME", help="接收人姓名")
    over.add_argument("--pdf", type=Path, metavar="OUT.pdf", help="交接单，双方签字")
    over.add_argument("--confirm", action="store_true", help="接收人当面确认，随后输入自己的口令")
    over.add_argument("--receiver-fd", type=int, metavar="N", help="从这个文件描述符读接收人的口令")
    way = step(steps, "account", _account, act=Act.READ, help="本机账户解锁：开、关，去掉丢失电脑的；不写只说明现状")
    way.add_argument("choice", nargs="?", choices=("on", "off"), metavar="on|off", help="开：不输口令就能打开数据")
    way.add_argument("--drop-others", action="store_true", help="去掉别的电脑、别的登录用户的账户解锁")
    rules = step(steps, "rules", _rules, act=Act.READ, help="几分钟不动就锁定、哪些事要两个人办；不加选项只列出")
    rules.add_argument("--idle", type=int, metavar="MINUTES", help="没有操作多少分钟后锁定，0不锁定")
    for name, text in _SWITCHES.items():
        rules.add_argument(f"--{name.replace('_', '-')}", choices=("on", "off"), help=text)


def _role_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "roles",
        nargs="+",
        choices=tuple(ROLE_WORDS.labels),
        metavar="ROLE",
        help="；".join(f"{role.value} {ROLE_WORDS.labels[role.value]}：{text}" for role, text in ROLE_ACTS.items()),
    )


def _new_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--new-fd", type=int, metavar="N", help="从这个文件描述符读新口令的第一行，不提示输入")


def user(options: Namespace, out: TextIO) -> int:
    """Carry out one step; whoever forgot the password cannot sign in first."""
    if options.do is _password and options.user and not options.name and _renew(options, out):
        return 0
    with unsigned(options) if options.do is _recover else opened(options) as desk:
        options.do(desk, options, out)
    return 0


def _renew(options: Namespace, out: TextIO) -> bool:
    """Change a password that somebody else chose, with which nobody signs in; tell whether it was one."""
    with unsigned(options) as desk:
        if not users.is_given(desk, options.user):
            return False
        before = password_of(options, options.user)
        who = users.renew(desk, options.user, before, new_password(options.user, options.new_fd))
        say(out, f"已换{who.name}的口令，数据不必重新加密")
    return True


def _list(desk: Desk, options: Namespace, out: TextIO) -> None:
    rows = users.listed(desk)
    if not rows and not options.json:
        say(out, f"还没有登记使用人：{desk.user}一个人用，不必登录。")
    for row in rows:
        if options.json:
            roles = [role.value for role in Role if role in row.roles]
            say_json(out, {"name": row.name, "roles": roles, "used": row.used, "state": row.state})
        else:
            used = f"{row.used:%Y-%m-%d %H:%M}" if row.used else "还没有用过"
            say(out, f"{row.name}\t{row.role_text}\t{used}\t{row.state}")


def _add(desk: Desk, options: Namespace, out: TextIO) -> None:
    password = "" if options.no_password else new_password(options.name, options.new_fd)
    one = users.add(desk, options.name, _chosen(options), password, awaits=options.awaits)
    say(out, f"已添加{one.name}：{role_words(one.roles)}")


def _chosen(options: Namespace) -> frozenset[Role]:
    return frozenset(map(Role, options.roles))


def _roles(desk: Desk, options: Namespace, out: TextIO) -> None:
    one = users.set_roles(desk, options.name, _chosen(options))
    say(out, f"{one.name}的身份：{role_words(one.roles)}")


def _disable(desk: Desk, options: Namespace, out: TextIO) -> None:
    say(out, f"已停用{users.disable(desk, options.name).name}，名字保留在经过里")


def _enable(desk: Desk, options: Namespace, out: TextIO) -> None:
    one = users.enable(desk, options.name, new_password(options.name, options.new_fd))
    say(out, f"已重新启用{one.name}")


def _password(desk: Desk, options: Namespace, out: TextIO) -> None:
    name = options.name or desk.user
    if options.name and users.called(desk, options.name).id != desk.who.user:
        users.give_password(desk, options.name, new_password(name, options.new_fd))
    else:
        before = password_of(options, options.user or name)
        users.change_password(desk, before, new_password(name, options.new_fd))
    say(out, f"已换{name}的口令，数据不必重新加密")


def _recover(desk: Desk, options: Namespace, out: TextIO) -> None:
    code = password_of(options, options.name, CODE, options.code_fd)
    one = users.recover(desk, code, options.name, new_password(options.name, options.new_fd))
    say(out, f"已凭恢复码换{one.name}的口令")


def _handover(desk: Desk, options: Namespace, out: TextIO) -> None:
    if options.pdf:
        say(out, files.write(desk, options.pdf, handover.pdf(desk, options.name)))
    elif not options.confirm:
        for part in handover.handover(desk, options.name).parts:
            say(out, f"{part.what}\t{part.count}")
            for line in part.lines:
                say(out, f"    {line}")
    if options.confirm:
        password = password_of(options, options.name, "口令", options.receiver_fd)
        say(out, f"{handover.confirm(desk, options.name, password)}已接收，今后的登记记在接收人名下")


def _account(desk: Desk, options: Namespace, out: TextIO) -> None:
    if options.choice:
        accountway.choose(desk, on=options.choice == "on")
    if options.drop_others:
        say(out, f"已去掉{accountway.drop_others(desk)}个别的账户的解锁")
    way = accountway.standing(desk)
    say(out, f"本机账户解锁：{'开' if way.on else '关，打开数据要输口令'}；别的账户能解锁的{way.others}个")


def _rules(desk: Desk, options: Namespace, out: TextIO) -> None:
    before = users.rules(desk)
    table: dict[str, object] = {}
    if options.idle is not None:
        if not 0 <= options.idle <= 240:
            raise refuse("idle", "锁定的分钟数在0到240之间，0不锁定", "idle")
        table["idle"] = options.idle
    table |= {name: getattr(options, name) == "on" for name in _SWITCHES if getattr(options, name) is not None}
    after = users.set_rules(desk, msgspec.structs.replace(before, **table)) if table else before
    say(out, f"没有操作{after.idle_minutes}分钟后锁定" if after.idle_minutes else "不自动锁定")
    for name, text in _SWITCHES.items():
        say(out, f"{text}：{'是' if getattr(after, name) else '否'}")


VERBS = (Verb("user", "使用人：添加、身份、口令、停用，锁定和第二人复核", user_options, user),)
