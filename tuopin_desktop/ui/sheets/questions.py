"""What an import asks: each question with the buttons that answer it, above the rows it is about."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from tuopin_desktop.domain.intake.questions import Question
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.parts import button, hide_unless, label, row

_BUTTONS = 3
"""Answers that get a button each; more are a list to choose from."""

_TALLEST = 150
_LINE = 46


class QuestionsPanel(QScrollArea):
    """The open questions of a rehearsal; `answered` carries the code of one and the answer's word."""

    answered = Signal(str, str)

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("需要先确认的地方")
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(12, 4, 12, 4)
        lines.setSpacing(4)
        for question in questions:
            lines.addLayout(self._line(question))
        self.setWidget(inside)
        self.setFixedHeight(min(_TALLEST, _LINE * len(questions) + 8))
        hide_unless(self, bool(questions))

    def _line(self, question: Question) -> QLayout:
        sentence = label(question.sentence, "warn", wrap=True)
        line = row(sentence, *self._ways(question), margins=(0, 0, 0, 0))
        line.setStretch(0, 1)
        return line

    def _ways(self, question: Question) -> list[QWidget]:
        if question.free:
            box = QLineEdit()
            box.setPlaceholderText(question.free)
            box.setAccessibleName(question.free)
            box.setMaximumWidth(160)
            box.returnPressed.connect(lambda: self.answered.emit(question.code, box.text()))
            return [box, button("确定", lambda: self.answered.emit(question.code, box.text()))]
        if len(question.answers) > _BUTTONS:
            choices = FilterBox("请选择", {one.word: one.label for one in question.answers}, question.sentence)
            choices.chosen.connect(lambda word: self.answered.emit(question.code, word) if word else None)
            return [choices]
        return [self._button(question.code, one.word, one.label) for one in question.answers]

    def _button(self, code: str, word: str, text: str) -> QWidget:
        return button(text, lambda: self.answered.emit(code, word))
