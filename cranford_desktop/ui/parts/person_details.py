"""What is kept of a person: names, numbers, addresses, notes; a small form to add one."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from cranford_desktop.domain.directory import DetailKind, DirectoryEntry
from cranford_desktop.domain.phone_numbers import phone_number
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.controls import Choice, button, field, link
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import box, clear, col, row, rule

_KINDS: tuple[tuple[DetailKind, str], ...] = (
	("nickname", "Nickname"),
	("phone", "Telephone"),
	("email", "E-mail"),
	("address", "Address"),
	("note", "Note"),
)


class DetailsCard(QFrame):
	"""`changed` follows each change."""

	changed = Signal()

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._person_id = 0
		self.setProperty("kind", "card")
		self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
		self._rows = QVBoxLayout()
		self._rows.setSpacing(0)
		self.kind = Choice(*(words for _, words in _KINDS), name="What")
		self.value = field(name="What it is")
		self.value.returnPressed.connect(self.save)
		self._value = FormField("What it is", self.value)
		keep, leave = button("Keep it"), button("Cancel", "quiet")
		keep.clicked.connect(self.save)
		leave.clicked.connect(self._leave)
		self._form = box(col(rule(), 2, FormField("What", self.kind), self._value, row(keep, leave, None), gap=8))
		self._form.hide()
		self.add = link("Add a nickname, number or address")
		self.add.clicked.connect(self.edit)
		self.setLayout(
			col(
				say("Also known as", "head", wrap=False),
				say("Requests and redaction look for all of these.", "muted", wrap=True),
				self._rows,
				self.add,
				self._form,
				gap=6,
				pad=20,
			)
		)

	def show_entry(self, entry: DirectoryEntry) -> None:
		"""Show what is kept of a person."""
		if entry.person_id != self._person_id:
			self._leave()
		self._person_id = entry.person_id
		clear(self._rows)
		shown = [(alias, "number on phones" if phone_number(alias) else "name on phones", 0) for alias in entry.aliases]
		words = dict(_KINDS)
		shown += [(one.value, words[one.kind].lower(), one.id) for one in entry.details]
		for at, (value, what, detail_id) in enumerate(shown):
			if at:
				self._rows.addWidget(rule())
			drop = []
			if detail_id:
				go = link("Remove", name=f"Remove {value}")
				go.setAccessibleName(f"Remove {value}")
				go.clicked.connect(lambda _=False, detail_id=detail_id: self._drop(detail_id))
				drop = [go]
			line = col(say(value, wrap=True), say(what[:1].upper() + what[1:], "small", wrap=False), gap=0)
			self._rows.addWidget(box(row((line, 1), *drop, gap=8, pad=(0, 5, 0, 5))))
		if not shown:
			self._rows.addWidget(say("Nothing yet.", "muted", wrap=True))

	def edit(self) -> None:
		"""Open the small form."""
		self.value.clear()
		self._value.set_error(None)
		self.add.hide()
		self._form.show()
		QTimer.singleShot(0, self.kind, self.kind.setFocus)

	def save(self) -> None:
		"""Keep what was typed."""
		kind, value = _KINDS[self.kind.currentIndex()][0], self.value.text()
		if not value.strip():
			self._value.set_error("Type it first")
			self.value.setFocus()
			return

		def failed(problem: CranfordError) -> None:
			self._value.set_error(problem.what.rstrip("."))
			self.value.setFocus()

		self._window.run(
			"Keeping it",
			lambda _progress, _stopped: self._council.directory.add_detail(self._person_id, kind, value),
			lambda _done: (self._leave(), self.changed.emit()),
			failed=failed,
			promise="",
		)

	def _drop(self, detail_id: int) -> None:
		self._window.run(
			"Removing it",
			lambda _progress, _stopped: self._council.directory.drop_detail(detail_id),
			lambda _done: self.changed.emit(),
			promise="",
		)

	def _leave(self) -> None:
		self._form.hide()
		self.add.show()
