"""Two practice offices that know each other: certified by the region, and a package gone each way between them."""

from collections.abc import Iterator
from pathlib import Path

from tuopin_desktop.domain.exchange.trust import fingerprint
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import stations
from tuopin_desktop.services.office.desk import Desk


def exchange(region: Desk, county: Desk, stick: Path) -> Iterator[str]:
    """Certify both PCs and carry a package each way in a folder; yield one Chinese line for each that was taken in."""
    for desk in (region, county):
        card = stations.card(desk)
        stations.enrol(region, card, fingerprint(card.sign))
    stations.pin(county, fingerprint(stations.card(region).sign))
    stick.mkdir(parents=True, exist_ok=True)
    for sender, receiver in ((region, county), (county, region)):
        package = packages.make(sender, receiver.scope, stick)[0]
        yield f"{receiver.office.name}收下{packages.account(packages.take(receiver, package.path))[0]}"
