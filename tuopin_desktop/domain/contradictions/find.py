"""All contradictions of the facts, by id: one pass over the postings, then what concerns several records at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tuopin_desktop.domain import guard, ids
from tuopin_desktop.domain.contradictions import checks, journeys, logs, slips, weeks
from tuopin_desktop.domain.contradictions.kinds import KINDS, Contradiction, Side
from tuopin_desktop.domain.contradictions.view import View
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.leave.count import half_number
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Explanation
from tuopin_desktop.domain.traces import Bits


def contradictions(facts: Facts, policy: Policy) -> Mapping[str, Contradiction]:
    """Return every contradiction by its id, in the order of the kinds, then of county, days and person."""
    kinds = {what: place for place, what in enumerate(KINDS)}
    people = {posting: place for place, posting in enumerate(facts.posting_by_id)}
    result = sorted(
        _all(facts, policy),
        key=lambda item: (kinds[item.what], item.county, item.period, people.get(item.posting, -1), item.sentence),
    )
    return {item.id: item for item in result}


def _all(facts: Facts, policy: Policy) -> Iterator[Contradiction]:
    views = _views(facts, policy)
    each = views.values()
    yield from guard.each(each, lambda view: _of_one(view, facts, policy), lambda view: [_unread(view, facts)])
    together: tuple[Callable[[], Iterable[Contradiction]], ...] = (
        lambda: slips.overlaps(views, facts.clash_of),
        lambda: _of_logs(facts, views),
        lambda: _of_teams(facts, views),
    )
    yield from guard.each(together, lambda find: find(), lambda _: ())


def _of_one(view: View, facts: Facts, policy: Policy) -> Iterator[Contradiction]:
    yield from slips.find(view)
    yield from checks.find(view)
    yield from logs.find(view)
    yield from journeys.find(view)
    for slip in view.slips:
        yield from slips.late_approval(view, slip, facts.story(slip, policy).chain)


def _unread(view: View, facts: Facts) -> Contradiction:
    today = Period(facts.today, "am", facts.today, "pm")
    text = f"{view.who}登记的内容超出程序的预料，无法核对，请核对该人的考勤和报备单"
    return view.contradiction(
        "unreadable", today, text, Side(ids.key("posting", view.posting.id), "派驻记录", view.who)
    )


def _of_logs(facts: Facts, views: Mapping[str, View]) -> Iterator[Contradiction]:
    keyed: dict[tuple[str, date, bool], list[date]] = defaultdict(list)
    for log, on in facts.traces.keyed.items():
        posting, _, text = log.rpartition("/")
        day = date.fromisoformat(text)
        keyed[posting, on, on < day].append(day)
    for (posting, on, _), days in keyed.items():
        if posting in views:
            yield logs.keyed(views[posting], days, on)
    for postings in facts.postings_by_person.values():
        if len(postings) > 1:
            yield from logs.two_places([views[item.id] for item in postings if item.id in views])


def _of_teams(facts: Facts, views: Mapping[str, View]) -> Iterator[Contradiction]:
    for note in facts.journals.noted:
        team = facts.postings_by_county.get(note.partition("/")[0], ())
        yield from weeks.note_without_team(note, [views[item.id] for item in team if item.id in views])
    for item in facts.traces.items:
        if item.posting in views and not item.deleted:
            yield from weeks.task_when_away(item, views[item.posting])


def _views(facts: Facts, policy: Policy) -> dict[str, View]:
    logged = _by_posting(facts.traces.logs)
    checked = _grouped(facts.traces.checks, lambda item: item.posting)
    noted = _noted(facts.traces.explanations)
    views = {}
    for posting in facts.posting_by_id.values():
        slips_said = facts.slips_by_person.get(posting.person, ())
        classes = facts.trainings_of.get(posting.id, ())
        views[posting.id] = View(
            posting=posting,
            who=facts.name_of(posting.person),
            months={record.month: record for record in facts.attendance_of.get(posting.id, ())},
            covers=facts.covers(posting.person, policy),
            slips=[slip for slip in slips_said if slip.posting == posting.id and not slip.ended],
            logs=logged.get(posting.id, {}),
            checks=checked.get(posting.id, ()),
            trips=facts.trips_of.get(posting.id, ()),
            classes=[(item, facts.training_by_id[item.training]) for item in classes],
            noted=noted.get(posting.id, frozenset()),
            last=half_number(facts.today, "pm"),
        )
    return views


def _by_posting(logged: Bits) -> dict[str, dict[str, Mapping[str, int]]]:
    counts_by_key_by_key: dict[str, dict[str, Mapping[str, int]]] = defaultdict(dict)
    for name, places in logged.items():
        posting, _, month = name.rpartition("/")
        counts_by_key_by_key[posting][month] = places
    return counts_by_key_by_key


def _noted(explanations: Iterable[Explanation]) -> dict[str, frozenset[date]]:
    """Return the days beside whose attendance somebody noted why they are not as the slip says; by posting."""
    days_by_key: dict[str, set[date]] = defaultdict(set)
    for item in explanations:
        name, _, tail = item.id.rpartition("/")
        posting, _, day = name.rpartition("/")
        if tail == "slip" and item.stands and not item.deleted:
            days_by_key[posting].add(date.fromisoformat(day))
    return {name: frozenset(days) for name, days in days_by_key.items()}


def _grouped(records: Iterable[Any], key: Callable[[Any], str]) -> Mapping[str, Sequence[Any]]:
    items_by_key: dict[str, list[Any]] = defaultdict(list)
    for item in records:
        if not item.deleted:
            items_by_key[key(item)].append(item)
    return items_by_key
