"""The documents of a request's file: put in, opened, saved outside, taken out."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from cranford_desktop.domain.requests import RequestDocument
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.controls import field, link
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import row, rule
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import local, short_day


class TitleDialog(Ask):
	"""What a chosen file is."""

	def __init__(self, parent: QWidget, file_name: str) -> None:
		super().__init__(
			parent, "Keep a document with this request", f"{file_name} is kept here, sealed.", "Keep it", width=480
		)
		self.title = field("The request as it came")
		self._title = FormField("What is it?", self.title, "For example “Letter from the ICO of 3 December”.")
		self.add(self._title)
		self.title.setFocus()
		self.title.selectAll()

	def faults(self) -> dict[FormField, str]:
		return {} if self.title.text().strip() else {self._title: "Say what it is"}

	def fields(self) -> tuple[FormField, ...]:
		return (self._title,)


class DocumentsCard(QWidget):
	"""The card. `changed`: one came or went; `problem(object)`; `opened(bytes, str)`: a PDF to be shown in the app."""

	changed = Signal()
	problem = Signal(object)
	opened = Signal(bytes, str)

	def __init__(self, council, request_id: int, today: date) -> None:
		"""Take the open council and the request."""
		super().__init__()
		self._council, self._request_id = council, request_id
		held = council.request_documents.documents(request_id)
		add = link("Keep a document here…")
		add.clicked.connect(self.ask)
		head = row(say("Documents", "head", wrap=False), None, add)
		items: list = [head, 2]
		if not held:
			items.append(
				say("The e-mail as it came, or a letter from the regulator, can be kept here.", "muted", wrap=True)
			)
		for n, one in enumerate(held):
			items += [rule()] if n else []
			items.append(self._row(one, today))
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.addWidget(card(*items, gap=0, pad=(20, 14, 20, 12)))

	def ask(self) -> None:
		"""Ask for a file and what it is, and keep it."""
		chosen, _ = QFileDialog.getOpenFileName(self, "Choose a document", str(Path.home()))
		if chosen:
			asked = TitleDialog(self, Path(chosen).name)
			if asked.exec():
				self.keep(asked.title.text(), Path(chosen))

	def keep(self, title: str, source: Path) -> None:
		"""Keep a file with the request."""
		try:
			self._council.request_documents.add(self._request_id, title, source)
		except CranfordError as problem:
			self.problem.emit(problem)
			return
		self.changed.emit()

	def open(self, document: RequestDocument) -> None:
		"""Show a PDF in the app; ask where to save anything else."""
		try:
			if document.title.lower().endswith(".pdf"):
				self.opened.emit(self._council.request_documents.read(document.id), document.title)
			else:
				self._save(document)
		except CranfordError as problem:
			self.problem.emit(problem)

	def _row(self, one: RequestDocument, today: date) -> QWidget:
		when = theme.scaled(
			say(short_day(local(one.added_at).date(), today), "small", wrap=False), "setFixedWidth", 100
		)
		pdf = one.title.lower().endswith(".pdf")
		go = link(one.title, name=f"{'Look at' if pdf else 'Save a copy of'} {one.title}")
		go.clicked.connect(lambda: self.open(one))
		back = link("Take out", name=f"Take out {one.title}")
		back.clicked.connect(lambda: self._take_out(one))
		made = QWidget()
		made.setLayout(row(when, go, None, back, gap=10, pad=(0, 5, 0, 5)))
		return made

	def _save(self, document: RequestDocument) -> None:
		start = str(Path.home() / document.title)
		place, _ = QFileDialog.getSaveFileName(self, "Save a copy of the document", start)
		if place:
			self._council.request_documents.save(document.id, Path(place))

	def _take_out(self, document: RequestDocument) -> None:
		try:
			self._council.request_documents.take_back(document.id)
		except CranfordError as problem:
			self.problem.emit(problem)
			return
		self.changed.emit()
