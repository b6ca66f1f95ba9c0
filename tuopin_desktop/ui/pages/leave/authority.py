"""The form of a written authorisation, laid beneath a signature whose signer is not in office."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from tuopin_desktop.domain.records import Authorisation, Opinion
from tuopin_desktop.ui.pages.leave.stepform import StepForm
from tuopin_desktop.ui.plumbing.office import OfficeView


def authority_form(opinion: Opinion, office: OfficeView) -> StepForm:
    """Return the form of the written authorisation that a signature lacks."""
    authorisation = Authorisation(role=opinion.role, delegate=opinion.signer, first=opinion.signed, last=opinion.signed)
    step_form = StepForm(authorisation, "受权签字", "登记受权并签字", office, leave_out=("role",))
    step_form.load(authorisation, {})
    step_form.say("如有书面受权，请登记受权书后签字。")
    return step_form


class Authority(QObject):
    """Lays it and takes it away; `delegated(authorisation, opinion)` asks to record both."""

    delegated = Signal(object, object)

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        self._office = office
        self.form: StepForm | None = None

    def offer(self, opinion: Opinion, slot: QVBoxLayout) -> StepForm:
        """Lay the form for a signature into a slot and go to it."""
        self.drop()
        self.form = step_form = authority_form(opinion, self._office)
        step_form.taken.connect(partial(self._tell, opinion))
        step_form.closed.connect(self.drop)
        slot.addWidget(step_form)
        step_form.show()
        step_form.form.editors["paper"].setFocus()
        return step_form

    def _tell(self, opinion: Opinion, authorisation: Authorisation) -> None:
        self.delegated.emit(authorisation, opinion)

    def drop(self) -> None:
        """Take it away."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        self.form = None
