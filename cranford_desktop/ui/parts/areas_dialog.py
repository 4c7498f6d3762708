"""Covering areas of a photo or of a document's pages: drawn, listed, each with its reason; kept when she saves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from cranford_desktop.domain.disclosure import Exemption
from cranford_desktop.domain.photo_areas import Area, PhotoArea, covers_all
from cranford_desktop.services.covering_photos import Wanted
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.area_view import AreaView
from cranford_desktop.ui.parts.ask import Ask, usual
from cranford_desktop.ui.parts.controls import Choice, button, field
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import box, col, row
from cranford_desktop.ui.parts.wording import count
from cranford_desktop.ui.task import Task

_WIDTH, _HEIGHT = 1080, 720


@dataclass(frozen=True, slots=True)
class Covered:
	"""What the dialog works on; `picture` and `suggested` are called in a worker."""

	pages: int
	picture: Callable[[int], bytes]
	"""A page as a JPEG, upright and with nothing covered."""
	areas: Sequence[PhotoArea]
	suggested: Callable[[], Sequence[Area]] | None = None
	"""Where words stand that are covered in the request; None where there is nothing to read."""


class AreasDialog(Ask):
	"""`wanted()` are the areas as she left them."""

	def __init__(
		self, parent: QWidget, held: Covered, exemptions: Sequence[Exemption], exemption: str | None = None
	) -> None:
		"""Take the file, the exemptions of the request's law, and the one used last."""
		super().__init__(
			parent,
			"Cover areas of this picture",
			"They are painted black in the pack, in the picture itself. The archive’s own file never changes.",
			"Save",
			width=640,
		)
		self._held, self._exemptions, self._task = held, list(exemptions), None
		self._page, self._here = 0, -1
		self.areas: list[Wanted] = [Wanted(one.area, one.exemption, one.reason) for one in held.areas]
		self._steps: list[list[Wanted]] = []
		self.view = AreaView()
		self.list = QListWidget()
		self.list.setAccessibleName("Covered areas")
		theme.scaled(self.list, "setFixedHeight", 84)
		self.choice = Choice(*(f"{one.title} – {one.code}" for one in self._exemptions))
		self.choice.setMinimumContentsLength(16)
		self.choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
		codes = [one.code for one in self._exemptions]
		self.choice.setCurrentIndex(codes.index(exemption) if exemption in codes else usual(self._exemptions))
		self.reason = field()
		self.add_one, self.all_of_it = button("Add an area"), button("Cover all of it")
		self.remove, self.back = button("Remove"), button("Undo")
		self.words = button("Cover the words you covered up")
		if held.suggested is None:
			self.words.hide()
		self.before, self.after = button("Page before"), button("Page after")
		self.told, self.where = say("", "strong", wrap=True), say("", "small", wrap=False)
		self._wire()
		keys = "A: new area. Arrows: move. Shift and arrows: size. Ctrl: small steps. N: next. Delete: remove."
		side = col(
			self.told,
			self.list,
			row(self.add_one, self.all_of_it, None, gap=8),
			row(self.remove, self.back, None, gap=8),
			row(self.words, None),
			FormField("Why?", self.choice),
			FormField("In your words", self.reason),
			say(keys, "small", wrap=True),
			None,
			gap=8,
		)
		turning = row(self.before, self.where, self.after, None, gap=8)
		if held.pages < 2:
			for one in (self.before, self.where, self.after):
				one.hide()
		panel = box(side)
		theme.scaled(panel, "setFixedWidth", 320)
		self.add((box(row((box(col((self.view, 1), turning, gap=6)), 1), panel, gap=16)), 1))
		self._turn(0)
		self.view.setFocus()

	def _wire(self) -> None:
		self.view.drawn.connect(self._draw)
		self.view.moved.connect(self._move)
		self.view.picked.connect(self._pick_here)
		self.view.removed.connect(lambda at: self._remove(self._on_page()[at]))
		self.list.currentRowChanged.connect(self._pick)
		self.add_one.clicked.connect(lambda: self._draw(Area(0.4, 0.4, 0.2, 0.2)))
		self.all_of_it.clicked.connect(lambda: self._draw(Area(0, 0, 1, 1)))
		self.remove.clicked.connect(lambda: self._remove(self._here))
		self.back.clicked.connect(self.undo)
		self.words.clicked.connect(self._cover_words)
		self.before.clicked.connect(lambda: self._turn(self._page - 1))
		self.after.clicked.connect(lambda: self._turn(self._page + 1))
		self.choice.currentIndexChanged.connect(self._reasoned)
		self.reason.textEdited.connect(self._reasoned)
		self.finished.connect(lambda _result: self._abandon())
		short_cut = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
		short_cut.activated.connect(self.undo)

	def wanted(self) -> list[Wanted]:
		"""Return the areas as she left them."""
		return list(self.areas)

	def fit(self) -> None:
		"""Take what room the screen gives: a picture is never too large to see what is on it."""
		room = self.screen().availableGeometry()
		self.resize(min(theme.px(_WIDTH), room.width() - 40), min(theme.px(_HEIGHT), self.room()))

	def undo(self) -> None:
		"""Take the last change in this dialog back."""
		if self._steps:
			self.areas = self._steps.pop()
			self._here = min(self._here, len(self.areas) - 1)
			self._show()

	def _on_page(self) -> list[int]:
		return [at for at, one in enumerate(self.areas) if one.area.page == self._page]

	def _change(self, areas: list[Wanted], here: int) -> None:
		self._steps.append(self.areas)
		self.areas, self._here = areas, here
		self._show()

	def _draw(self, area: Area) -> None:
		made = Wanted(area._replace(page=self._page), self._code(), self.reason.text().strip() or None)
		self._change([*self.areas, made], len(self.areas))
		self.view.setFocus()

	def _move(self, at: int, area: Area) -> None:
		place = self._on_page()[at]
		self._change([one._replace(area=area) if n == place else one for n, one in enumerate(self.areas)], place)

	def _remove(self, place: int) -> None:
		if 0 <= place < len(self.areas):
			self._change(self.areas[:place] + self.areas[place + 1 :], min(place, len(self.areas) - 2))

	def _pick_here(self, at: int) -> None:
		self._pick(self._on_page()[at] if at >= 0 else -1)

	def _pick(self, place: int) -> None:
		if place == self._here or not -1 <= place < len(self.areas):
			return
		self._here = place
		if place >= 0:
			self._show_reason(self.areas[place])
		if place >= 0 and self.areas[place].area.page != self._page:
			self._turn(self.areas[place].area.page)
		self._show()

	def _show_reason(self, one: Wanted) -> None:
		codes = [known.code for known in self._exemptions]
		self.choice.blockSignals(True)
		self.choice.setCurrentIndex(codes.index(one.exemption) if one.exemption in codes else 0)
		self.choice.blockSignals(False)
		self.reason.setText(one.reason or "")

	def _code(self) -> str:
		return self._exemptions[max(0, self.choice.currentIndex())].code

	def _reasoned(self) -> None:
		"""Give the picked area the reason that is chosen now."""
		if 0 <= self._here < len(self.areas):
			one = self.areas[self._here]
			self.areas = list(self.areas)
			self.areas[self._here] = one._replace(exemption=self._code(), reason=self.reason.text().strip() or None)
			self._list()

	def _cover_words(self) -> None:
		self._work(self._held.suggested, self._covered_words)

	def _covered_words(self, found: Sequence[Area]) -> None:
		made = [Wanted(one, self._code(), self.reason.text().strip() or None) for one in found]
		new = [one for one in made if one.area not in {known.area for known in self.areas}]
		if new:
			self._change([*self.areas, *new], len(self.areas))
		else:
			self.told.setText("No other word that you covered up can be read in it. Look at what is in pictures.")

	def _turn(self, page: int) -> None:
		self._page = min(max(0, page), self._held.pages - 1)
		self.where.setText(f"Page {self._page + 1} of {self._held.pages}")
		self.before.setEnabled(self._page > 0)
		self.after.setEnabled(self._page + 1 < self._held.pages)
		shown = self._page
		self._work(lambda: self._held.picture(shown), self.view.show_picture)
		self._show()

	def _work(self, call: Callable[[], object], done: Callable[[object], None]) -> None:
		self._abandon()
		self._task = Task(lambda _progress, _stopped: call(), self)
		self._task.finished.connect(done)
		self._task.failed.connect(lambda problem: self.told.setText(str(problem)))

	def _abandon(self) -> None:
		if self._task is not None:
			self._task.abandon()
			self._task = None

	def _show(self) -> None:
		here = self._on_page()
		self.view.show_areas([self.areas[at].area for at in here], here.index(self._here) if self._here in here else -1)
		self.remove.setEnabled(0 <= self._here < len(self.areas))
		self.back.setEnabled(bool(self._steps))
		whole = self._held.pages == 1 and covers_all([one.area for one in self.areas])
		areas = count(len(self.areas), "area")
		self.told.setText(
			"All of it is covered: it is left out of the pack."
			if whole
			else f"{areas} covered"
			if self.areas
			else "Nothing is covered yet. Draw over what is to be covered."
		)
		self.go.say(f"Save {areas}" if self.areas else "Save")
		self._list()

	def _list(self) -> None:
		self.list.blockSignals(True)
		self.list.clear()
		for number, one in enumerate(self.areas, 1):
			page = f", page {one.area.page + 1}" if self._held.pages > 1 else ""
			item = QListWidgetItem(f"{number}{page}: {one.exemption}{f' – {one.reason}' if one.reason else ''}")
			item.setData(Qt.ItemDataRole.AccessibleTextRole, f"Area {item.text()}")
			self.list.addItem(item)
		self.list.setCurrentRow(self._here)
		self.list.blockSignals(False)
