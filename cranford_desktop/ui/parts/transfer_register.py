"""The transfer register: what was handed on to the council's e-mail."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cranford_desktop.domain.transfers import Transfer
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import box, col, frame
from cranford_desktop.ui.parts.patterns import empty, flow_foot
from cranford_desktop.ui.parts.plain_table import fill, plain_table
from cranford_desktop.ui.parts.wording import count, day_words, local, short_day

_HEADS = ("When", "Member", "What", "Period", "Messages", "To whom", "How")
FORMS = {"pdf": "PDF", "eml": "E-mail file", "print": "Printed"}


class RegisterPage(QWidget):
	"""`pdf`: show the register as a PDF."""

	pdf = Signal()

	def __init__(self) -> None:
		super().__init__()
		self.table = plain_table("Transfer register", _HEADS, wide=(1, 2, 5))
		self._title = say("", "title", wrap=True)
		self._print = button("Print or save…", "primary", "print")
		self._print.clicked.connect(self.pdf)
		self.foot = flow_foot("Policy section 5, second point: members hand important conversations on.", self._print)
		inner = frame(col((self.table, 1), gap=0, pad=(8, 4, 8, 4)), "card")
		self._stack = QStackedWidget()
		self._stack.addWidget(box(col(self._title, (inner, 1), gap=8, pad=(24, 14, 24, 16))))
		self._stack.addWidget(
			empty("mail_inbox", "Nothing has been handed on yet. In the Archive, choose Save or print…")
		)
		self.setLayout(col((self._stack, 1), gap=0))

	def show_register(self, register: Sequence[Transfer]) -> None:
		"""Show the entries, newest first."""
		self._stack.setCurrentIndex(0 if register else 1)
		self._print.setEnabled(bool(register))
		self._title.setText(f"{count(len(register), 'transfer')} recorded")
		rows = [
			(
				f"{short_day(local(one.made_at).date())}, {local(one.made_at):%H:%M}",
				one.member,
				one.what,
				_period(one),
				f"{one.messages:,}",
				one.to_whom,
				FORMS[one.form],
			)
			for one in register
		]
		fill(self.table, rows, numbers=(4,))


def _period(one: Transfer) -> str:
	if one.start == one.end:
		return day_words(one.start, weekday=False)
	return f"{day_words(one.start, weekday=False)} to {day_words(one.end, weekday=False)}"
