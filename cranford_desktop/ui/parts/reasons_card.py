"""The reasons in the law that a request uses: what is written down for each, and what is missing."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cranford_desktop.domain.disclosure import Request
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.legal_reasons import Asked
from cranford_desktop.ui.parts.controls import link
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import clear, col, row, rule
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.withhold_dialog import ReasonDialog
from cranford_desktop.ui.parts.wording import count


class ReasonsCard(QWidget):
	"""One line for each exemption in use. `changed`: something was written down; `problem(object)`: it could not be."""

	changed = Signal()
	problem = Signal(object)

	def __init__(self, council) -> None:
		"""Take the open council."""
		super().__init__()
		self._council = council
		self._request: Request | None = None
		self._asked: tuple[Asked, ...] = ()
		self._box = QVBoxLayout(self)
		self._box.setContentsMargins(0, 0, 0, 0)

	def show_request(self, request: Request) -> None:
		"""Show what a request has to write down; nothing is shown where it keeps nothing back."""
		self._request = request
		self._asked = tuple(self._council.reasons.in_use(request.id))
		clear(self._box)
		if self._asked:
			self._box.addWidget(self._card(self._asked))

	def missing(self) -> int:
		"""Return how many exemptions lack something."""
		return sum(bool(one.missing) for one in self._asked)

	def write(self, code: str) -> None:
		"""Ask for what an exemption needs, and keep it."""
		service, known = self._council.reasons, self._request.id
		asked = ReasonDialog(
			self.window(),
			service.asked(known, code),
			lambda of, answers: service.faults(known, of, answers),
			self._council.clock().date(),
		)
		if not asked.exec():
			return
		try:
			service.record(known, code, asked.legal.answers())
		except CranfordError as problem:
			self.problem.emit(problem)
			return
		self.show_request(self._request)
		self.changed.emit()

	def _card(self, asked: Sequence[Asked]) -> QWidget:
		lacking = self.missing()
		open_ones = f"{count(lacking, 'reason is', 'reasons are')} not fully written down yet."
		head = (
			f"{open_ones} The pack’s record will say so." if lacking else "Everything the law asks for is written down."
		)
		lines: list[object] = []
		for one in asked:
			lines += [rule(), self._line(one)]
		return card(
			say("Reasons in the law", "head"), say(head, "muted", wrap=True), *lines, gap=6, pad=(20, 14, 20, 12)
		)

	def _line(self, one: Asked):
		used = count(one.used, "place")
		told = (
			f"Used for {used}. Missing: {', '.join(rule.short for rule in one.missing)}."
			if one.missing
			else f"Used for {used}."
		)
		words = col(say(one.named, "strong", wrap=True), say(told, "muted", wrap=True), gap=0)
		verb = "Write it down" if one.missing else "Change"
		go = link(verb, name=f"{verb}: {one.named}")
		go.clicked.connect(lambda _=False, code=one.code: self.write(code))
		icon = Glyph("warning", "warn") if one.missing else Glyph("checkmark_circle", "ok")
		return row(col(icon, None, gap=0), (words, 1), col(go, None, gap=0), gap=10, pad=(0, 4, 0, 4))
