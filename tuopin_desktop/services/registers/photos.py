"""The photo of somebody: a file kept beside the person, the same once; a newer one takes its place."""

from collections.abc import Iterable, Mapping

from tuopin_desktop.documents import scans
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.record import Scalar, build
from tuopin_desktop.domain.records import Attachment, Person
from tuopin_desktop.services.office import attachments
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import recordfiles

NAME = "照片.jpg"


def _photos(desk: Desk, person_id: str) -> list[Attachment]:
    return [one for one in recordfiles.of_record(desk, "person", person_id) if one.name == NAME]


def lacking(desk: Desk, person_id: str, photo: bytes) -> bool:
    """Tell whether somebody who is kept does not have this photo yet."""
    return attachments.digest(photo) not in {attachments.sha_of(one) for one in _photos(desk, person_id)}


def attaching(
    desk: Desk, people: Mapping[str, Mapping[str, Scalar]], pairs: Iterable[tuple[str, bytes]]
) -> list[Change]:
    """Return the changes that put photos beside their people; none for one that is there, or was forgotten.

    `people` are those the same commit makes or changes, by id.
    """
    result: list[Change] = []
    for person_id, photo in _fresh(desk, pairs):
        person = desk.store.get(Person, person_id) or build(Person, person_id, dict(people.get(person_id, {})))
        result += recordfiles.attaching(desk, person, photo, NAME, (), 1)
        result += [Change("attachment", one.id, {"deleted": 1}) for one in _photos(desk, person_id)]
    return result


def keep(desk: Desk, pairs: Iterable[tuple[str, bytes]]) -> None:
    """Keep the files of photos that are about to be attached; raises Trouble."""
    for _, photo in _fresh(desk, pairs):
        attachments.keep(desk, scans.proved(photo))


def _fresh(desk: Desk, pairs: Iterable[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    pairs = [(person_id, photo) for person_id, photo in pairs if person_id and photo]
    gone = attachments.forgotten(desk) if pairs else set()
    return [
        (person_id, photo)
        for person_id, photo in pairs
        if attachments.digest(photo) not in gone and lacking(desk, person_id, photo)
    ]


def of_person(desk: Desk, person_id: str) -> bytes:
    """Return the photo kept of somebody; empty where there is none, or its file is not on this PC."""
    kept_photos = [one for one in _photos(desk, person_id) if attachments.place_of(desk, one) is not None]
    return attachments.content(desk, kept_photos[-1].id) if kept_photos else b""
