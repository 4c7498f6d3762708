"""The figures of a year's requests: each number opens the requests behind it; saved as PDF or Excel."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from cranford_desktop.domain.request_statistics import Figure, Section, YearFigures
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.services.request_statistics import Form
from cranford_desktop.ui.parts.controls import Choice, button, link
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Columns, Item, box, clear, col, page, row, rule
from cranford_desktop.ui.parts.patterns import flow_foot, flow_head, pairs
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import short

_KINDS: dict[Form, str] = {"pdf": "PDF (*.pdf)", "xlsx": "Excel (*.xlsx)"}


class FiguresPage(QWidget):
	"""`left`: back to the list; `picked(int)`: open this request."""

	left = Signal()
	picked = Signal(int)

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self.figures: YearFigures | None = None
		self.lines: dict[str, QWidget] = {}
		self.year = Choice(name="Which year?")
		self.year.currentIndexChanged.connect(lambda _at: self._read())
		self.excel = button("Save as Excel")
		self.go = button("Save as PDF", "primary")
		self.excel.clicked.connect(lambda: self._ask_where("xlsx"))
		self.go.clicked.connect(lambda: self._ask_where("pdf"))
		self._middle = QVBoxLayout()
		self._middle.setContentsMargins(0, 0, 0, 0)
		head = flow_head("Figures of the year", "Requests", self.year, on_back=self.left.emit)
		foot = flow_foot("Requests that arrived in the year. Nobody who asked is named.", self.excel, self.go)
		self.setLayout(col(head, rule(), (self._middle, 1), rule(), foot, gap=0))

	def open_page(self) -> None:
		"""Show the newest year."""
		self.year.blockSignals(True)
		self.year.clear()
		for one in self._council.statistics.years():
			self.year.addItem(str(one), one)
		self.year.blockSignals(False)
		self._read()

	def _read(self) -> None:
		year = self.year.currentData()
		if year is None:
			return
		self._window.run(
			"Counting the requests",
			lambda _progress, _stopped: (self._council.statistics.of(year), self._council.requests.requests()),
			lambda found: self._show(*found),
			promise="Nothing is changed by counting.",
		)

	def _show(self, figures: YearFigures, requests) -> None:
		self.figures = figures
		self._requests = {one.id: one for one in requests}
		clear(self._middle)
		self.lines = {}
		cards = [self._section(one) for one in figures.sections]
		time = card(say("Time", "head", wrap=False), pairs(figures.facts, 250), gap=4, pad=(20, 14, 20, 10))
		left = col(cards[0], cards[2], None, gap=12)
		right = col(cards[1], cards[3], time, None, gap=12)
		self._middle.addWidget(page(Columns((left, 1), (right, 1), gap=12, fold=820), pad=(24, 16, 24, 20)))

	def _section(self, section: Section) -> QWidget:
		items: list[Item] = [say(section.title, "head", wrap=True), 4]
		for one in section.figures:
			items += [rule(), self._line(section, one)]
		return card(*items, gap=0, pad=(20, 14, 20, 8))

	def _line(self, section: Section, one: Figure) -> QWidget:
		number = f"{len(one.requests):,}"
		if not one.requests:
			return box(row((say(one.name, wrap=True), 1), say(number, "muted", wrap=False), pad=(0, 6, 0, 6)))
		go = link(number, name=f"{section.title}, {one.name}: {number}")
		under = QWidget()
		under.setLayout(col(*[self._request(at) for at in one.requests], gap=2, pad=(12, 0, 0, 6)))
		under.hide()
		go.clicked.connect(lambda: under.setVisible(under.isHidden()))
		self.lines[f"{section.title}: {one.name}"] = go
		return box(col(row((say(one.name, wrap=True), 1), go, pad=(0, 4, 0, 4)), under, gap=0))

	def _request(self, request_id: int) -> QWidget:
		request = self._requests[request_id]
		go = link(f"{request.reference} {short(request.wording, 40)}")
		go.clicked.connect(lambda: self.picked.emit(request_id))
		return go

	def _ask_where(self, form: Form) -> None:
		year = self.year.currentData()
		name = str(Path.home() / f"Requests {year}.{form}")
		place, _ = QFileDialog.getSaveFileName(self, "Save the figures", name, _KINDS[form])
		if place:
			self.save(form, Path(place))

	def save(self, form: Form, place: Path) -> None:
		"""Save the figures where she said."""
		try:
			self._council.statistics.save(self.year.currentData(), form, place)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self._window.toast(f"Saved as {place.name} in {place.parent}.")
