"""The line at the bottom of the window: whose records, how many messages, the last back-up, the text size."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from cranford_desktop.domain.home import HomePage
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import link
from cranford_desktop.ui.parts.labels import Elided, Glyph, say
from cranford_desktop.ui.parts.layouts import row
from cranford_desktop.ui.parts.wording import count, day_words


class StatusBar(QFrame):
	"""`back_up`: a back-up is wanted."""

	back_up = Signal()

	def __init__(self, council: str) -> None:
		super().__init__()
		self.setProperty("kind", "status")
		self.counted = say("", "small", wrap=False)
		self.backup = link("Back up now…")
		self.backup.setFont(theme.font("small"))
		self.backup.setProperty("role", "small")
		theme.scaled(self.backup, "setMinimumHeight", 20)
		self.backup.clicked.connect(self.back_up)
		self._glyph = Glyph("checkmark_circle", "ok", 16)
		self._zoomed = say("", "small", wrap=False)
		self._council = Elided(council, "small")
		parts = (self._council, 12, self.counted, 12, self._glyph, self.backup, None, self._zoomed)
		self.setLayout(row(*parts, gap=4, pad=(16, 2, 16, 2)))

	def show_home(self, page: HomePage) -> None:
		"""Say what is held and when it was last backed up."""
		held = f"{count(page.messages, 'message')} in {count(page.groups, 'group')}"
		self.counted.setText(held if page.messages else "No messages yet")
		if page.last_backup is None:
			self.backup.say("No back-up yet – back up now…")
		else:
			days = (page.today - page.last_backup.date()).days
			when = "today" if days <= 0 else "yesterday" if days == 1 else f"on {day_words(page.last_backup.date())}"
			self.backup.say(f"Backed up {when}")
		stale = page.backup_stale
		self._glyph.show_icon("warning" if stale else "checkmark_circle", "warn" if stale else "ok")
		self._glyph.setVisible(page.last_backup is not None or stale)
		self.show_zoom()

	def show_zoom(self) -> None:
		"""Say how large the text is."""
		self._zoomed.setText(f"Text {theme.zoom()} %")
		self._fit()

	def resizeEvent(self, event):
		super().resizeEvent(event)
		self._fit()

	def _fit(self) -> None:
		"""Leave out the council's name, which the header says too, where the rest needs its room."""
		rest = sum(one.sizeHint().width() for one in (self.counted, self._glyph, self.backup, self._zoomed))
		self._council.setVisible(self.width() >= rest + theme.px(150))
