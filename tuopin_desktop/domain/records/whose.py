"""Whose a record is, said alike by every kind: a person's posting, a county, or whoever is appraised."""

import msgspec

from tuopin_desktop.domain.record import Form, Owner, about

_CALLED = ("姓名", "人员", "队员", "派驻人员")
"""What sheets call the column that names a person, whatever it is called here."""


def of_posting(label: str, group: str, *synonyms: str, width: int = 150, owner: Owner = Owner.COUNTY) -> msgspec.Meta:
    """Return the field that says whose posting a record is about."""
    known_names = tuple(dict.fromkeys(word for word in (*_CALLED, *synonyms) if word != label))
    return about(
        label,
        group=group,
        form=Form.REF,
        ref="posting",
        required=True,
        width=width,
        index=True,
        owner=owner,
        synonyms=known_names,
    )


def of_county(group: str, more: str = "") -> msgspec.Meta:
    """Return the field that names a county; a county team's own records may leave it empty. `more` joins its hint."""
    hint = "；".join(filter(None, ("旗县总队登记的可空着", more)))
    return about("旗县", group=group, form=Form.CHOICE, table="旗县", width=130, index=True, hint=hint)


def of_subject(group: str, owner: Owner = Owner.COUNTY) -> msgspec.Meta:
    """Return the field that says who is appraised: a member's posting or a team."""
    return about(
        "对象",
        group=group,
        form=Form.REF,
        ref="posting,team",
        required=True,
        width=180,
        index=True,
        owner=owner,
        synonyms=("姓名", "被考核人"),
    )
