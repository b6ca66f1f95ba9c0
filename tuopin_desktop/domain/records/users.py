"""Who uses this computer's office, and what it asks of whoever signs in; both stay on this computer."""

from typing import Annotated, ClassVar

from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.roles import Act, Role, Signed

IDLE_MINUTES = 10
"""After so long without a key or a click the window is locked, unless the office chose otherwise."""


class User(Record, frozen=True, kw_only=True):
    """Somebody who may sign in; the password is no part of it: it opens a slot of the vault under this id.

    `awaits` says that a handover has to be confirmed before the user may work. Who left stays, disabled: the log
    names him.
    """

    kind: ClassVar[Kind] = Kind(
        name="user",
        label="使用人",
        groups=("使用人",),
        id_by="",
        keep_one=("name",),
        sealed=True,
        act=Act.USERS,
        local=True,
    )

    name: Annotated[str, about("姓名", group="使用人", required=True, limit=50, person_name=True, width=110)] = ""
    writer: Annotated[bool, about("经办人", group="使用人", form=Form.FLAG, width=70)] = False
    reviewer: Annotated[bool, about("复核人", group="使用人", form=Form.FLAG, width=70)] = False
    admin: Annotated[bool, about("管理员", group="使用人", form=Form.FLAG, width=70)] = False
    viewer: Annotated[bool, about("查看", group="使用人", form=Form.FLAG, width=70)] = False
    disabled: Annotated[bool, about("已停用", group="使用人", form=Form.FLAG, width=70)] = False
    awaits: Annotated[bool, about("待交接", group="使用人", form=Form.FLAG, width=70)] = False

    @property
    def roles(self) -> frozenset[Role]:
        """The roles, whether or not the user may work at the moment."""
        return frozenset(role for role in Role if getattr(self, role.value))

    @property
    def active(self) -> bool:
        """Whether the user may sign in."""
        return not (self.disabled or self.deleted)

    @property
    def signed(self) -> Signed:
        """What the user may do once signed in."""
        return Signed(self.id, self.name, self.roles if self.active and not self.awaits else frozenset())


class Access(Record, frozen=True, kw_only=True):
    """What an office asks of whoever works at this computer; its id is `<local>/access`. Nothing chosen: all off.

    `idle` is in minutes; 0 never locks.
    """

    kind: ClassVar[Kind] = Kind(
        name="access",
        label="登录和复核",
        title=("idle",),
        groups=("登录和复核",),
        sealed=True,
        act=Act.SETTINGS,
        local=True,
    )

    idle: Annotated[
        int | None,
        about("多少分钟没有操作后锁定", group="登录和复核", form=Form.INTEGER, least=0, most=240, unit="分钟"),
    ] = None
    second_close: Annotated[bool, about("考勤结账要第二人复核", group="登录和复核", form=Form.FLAG)] = False
    second_grade: Annotated[bool, about("考核等次要第二人复核", group="登录和复核", form=Form.FLAG)] = False
    second_send: Annotated[bool, about("制作数据包要第二人复核", group="登录和复核", form=Form.FLAG)] = False

    @property
    def idle_minutes(self) -> int:
        """The minutes, the usual ones where nothing was chosen."""
        return IDLE_MINUTES if self.idle is None else self.idle

    def wants_second(self, act: Act) -> bool:
        """Tell whether an act needs a second person here."""
        return bool(getattr(self, _SECOND.get(act, ""), False))


_SECOND = {Act.CONFIRM: "second_close", Act.GRADE: "second_grade", Act.SEND: "second_send"}
