"""Who may sign for an office: certificates and revocations are records of the region office, synced like any other."""

from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Owner, Record, about
from tuopin_desktop.domain.roles import Act

_OFFICE = Owner.REGION


class Station(Record, frozen=True, kw_only=True):
    """One PC of an office; its id is `15/<station>`, the first 16 hex digits of its key's fingerprint.

    `sign` is the Ed25519 public key in base64, `age` the recipient packages are encrypted to. Key and office never
    change: a moved PC enrols anew, else old lines would be judged by a new office. Lines of a closed station count
    only as far as a revocation says, else not at all.
    """

    kind: ClassVar[Kind] = Kind(
        name="station",
        label="电脑",
        owner=_OFFICE,
        title=("office", "name"),
        sealed=True,
        impersonal=True,
        act=Act.AUTHORISE,
        beyond_term=True,
    )

    office: Annotated[str, about("单位代码", limit=6, auto=True, owner=_OFFICE, width=90)] = ""
    name: Annotated[str, about("电脑", limit=60, auto=True, owner=_OFFICE, width=180)] = ""
    sign: Annotated[str, about("签名公钥", limit=60, auto=True, owner=_OFFICE)] = ""
    age: Annotated[str, about("加密公钥", limit=100, auto=True, owner=_OFFICE)] = ""
    closed: Annotated[bool, about("已停用", form=Form.FLAG, auto=True, owner=_OFFICE, width=80)] = False
    reason: Annotated[str, about("停用原因", limit=200, auto=True, owner=_OFFICE)] = ""


class Revocation(Record, frozen=True, kw_only=True):
    """Of the feed that the id `15/<feed>` names, only the first `after` lines count."""

    kind: ClassVar[Kind] = Kind(
        name="revocation",
        label="停用记录",
        owner=_OFFICE,
        title=("after",),
        sealed=True,
        impersonal=True,
        act=Act.AUTHORISE,
        beyond_term=True,
    )

    after: Annotated[int | None, about("有效至第几条", form=Form.INTEGER, auto=True, owner=_OFFICE, width=110)] = None
