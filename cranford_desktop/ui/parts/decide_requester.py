"""The requester's side of the decide page: the same messages exactly as they will read them (F9)."""

from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.disclosure import Piece
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.decide_covering import LOOKING_ONLY
from cranford_desktop.ui.parts.decide_view import by_group, requester_line
from cranford_desktop.ui.parts.labels import Glyph, fact, say
from cranford_desktop.ui.parts.layouts import col, row
from cranford_desktop.ui.parts.patterns import side_panel
from cranford_desktop.ui.parts.review_state import is_decided
from cranford_desktop.ui.parts.wording import count


class RequesterSide:
	"""The part of the decide page that shows what goes out; the page provides what it knows."""

	def _note(self) -> QWidget:
		back = button("Back to deciding (F9)")
		back.clicked.connect(lambda: self.show_requester(False))
		self._undecided_fact = say("", wrap=True)
		self._undecided_icon = Glyph("checkmark_circle", "ok")
		panel = side_panel(
			col(
				say("As the requester will see it", "head", wrap=True),
				say(
					"A label stands where you covered words up. In the pack all labels are one width, "
					"so that nobody can guess from the size.",
					"muted",
					wrap=True,
				),
				6,
				fact("checkmark_circle", "Context messages are left out", ink="ok"),
				row(col(self._undecided_icon, None, gap=0), (self._undecided_fact, 1), gap=8),
				8,
				back,
				None,
				gap=8,
				pad=(16, 16, 16, 12),
			)
		)
		theme.scaled(panel, "setFixedWidth", 348)
		return panel

	def show_requester(self, on: bool) -> None:
		"""Switch between the clerk's view and the requester's."""
		self.requester_side = on
		self._switch()
		if not on or not len(self.state):
			self._middles.setCurrentIndex(0 if len(self.state) else 2)
			self.view.setFocus()
			return
		known, ids = self.request.id, self.state.ids()
		service = self._council.deciding

		def call(progress, stopped):
			return service.requester_views(known, ids)

		self._window.run(
			"Making the requester’s view",
			call,
			lambda found: self._show_requester(known, found),
			cancelled=lambda: self.show_requester(False),
			promise=LOOKING_ONLY,
		)

	def _show_requester(self, request_id: int, found: dict[int, tuple[Piece, ...] | None]) -> None:
		if self.request is None or self.request.id != request_id or not self.requester_side:
			return
		labels = {one.code: one.label for one in self._council.deciding.exemptions(self.request.regime)}
		lines = []
		for one in self.state.ids():
			pieces, candidate = found.get(one), self.state.candidate(one)
			if pieces is None or not is_decided(candidate):
				continue
			lines.append(
				requester_line(candidate, pieces, self._redactions, lambda one: labels.get(one.exemption, "Redacted"))
			)
		self.reader.thumbnails.forget()
		self.reader.set_lines(by_group(lines))
		left = len(self.state.undecided())
		self._undecided_fact.setText(
			f"{count(left, 'message')} not decided yet: not shown here" if left else "Everything is decided"
		)
		self._undecided_icon.show_icon(*(("clock", "muted") if left else ("checkmark_circle", "ok")))
		self._middles.setCurrentIndex(1)
		self.reader.show_message(self.view.current_message())
		self.reader.setFocus()

	def _switch(self) -> None:
		self.clerk_button.setChecked(not self.requester_side)
		self.requester_button.setChecked(self.requester_side)
