"""`archive search`: one question over everything the office holds, of all years."""

from argparse import Namespace
from typing import TextIO

from tuopin_desktop.cli.opening import say, say_json
from tuopin_desktop.cli.verb import Steps, step
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.archives import search
from tuopin_desktop.services.office.desk import Desk


def options(steps: Steps) -> None:
    """Declare `search`."""
    question = step(steps, "search", _search, act=Act.READ, help="在各年的登记中查找，如：谁在2019年8月去过北京")
    question.add_argument("words", nargs="+", metavar="WORDS", help="要查的话")
    question.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def _search(desk: Desk, options: Namespace, out: TextIO) -> None:
    answer = search.ask(desk, " ".join(options.words))
    for hit in answer.hits:
        if options.json:
            say_json(out, hit)
        else:
            day = day_words(hit.day) if hit.day else "（无日期）"
            say(out, "　".join(filter(None, (day, hit.kind, hit.title, hit.excerpt, hit.whose))))
    if not options.json:
        more = "，只列最近的，请加上年月" if answer.more else ""
        say(out, f"在{answer.rows}条登记中查到{len(answer.hits)}条{more}")
