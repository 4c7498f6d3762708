"""Filters, list and conversation side by side, and which of them step aside where there is no room for all."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.archive_bar import ArchiveBar, Look
from cranford_desktop.ui.parts.archive_filters import FilterPane
from cranford_desktop.ui.parts.archive_list import ListPane
from cranford_desktop.ui.parts.archive_search import ArchiveSearch
from cranford_desktop.ui.parts.layouts import ANY_WIDTH, box, col, row, rule
from cranford_desktop.ui.parts.reading_pane import ReadingPane

_SHORT, _CRAMPED = 400, 300
"""Heights at 100 % below which what is said beside the list, and below which the panes under a form, step aside."""
_ROOMY, _ONE_PANE = 1240, 760
"""Widths at 100 %: from the first the filters stand beside the list; below the second one pane is shown at a time."""


class ArchiveRoom(QWidget):
	"""The panes of the archive, laid out for the size that the tab has."""

	def __init__(
		self, bar: ArchiveBar, search: ArchiveSearch, side: FilterPane, listing: ListPane, reading: ReadingPane
	) -> None:
		super().__init__()
		self._bar, self._form, self._side, self._listing, self._reading = (
			bar,
			search.form_button,
			side,
			listing,
			reading,
		)
		self._edge, self._between, self._under = rule(vertical=True), rule(vertical=True), rule()
		self._panes = box(row(side, self._edge, listing, self._between, (reading, 1), gap=0))
		self.setLayout(col(bar, search.form, self._under, (self._panes, 1000), None, gap=0))

	def one_pane(self, width: int) -> bool:
		"""Whether only one pane is shown at a time."""
		return width < theme.px(_ONE_PANE)

	def fit(self, size: QSize, look: Look, *, reading: bool) -> None:
		"""Show what there is room for. `reading`: where only one pane fits, it is the conversation."""
		roomy, one = size.width() >= theme.px(_ROOMY), self.one_pane(size.width())
		short = size.height() < theme.px(_SHORT)
		alone = one and reading
		self._bar.fit(folded=not roomy, tight=size.width() < theme.px(1000))
		self._bar.show_look(look, offered=not one)
		self._bar.setVisible(not (alone and short))
		self._under.setVisible(not (alone and short))
		self._listing.set_short(short)
		cramped = size.height() < theme.px(_CRAMPED)
		self._panes.setVisible(not (cramped and self._form.isChecked()))
		shown = roomy or self._bar.fold.isChecked()
		self._side.setVisible(shown)
		self._edge.setVisible(shown)
		filtering = one and shown and not reading  # one thing at a time: the filters need the room as well
		self._side.setMinimumWidth(theme.px(240))
		self._side.setMaximumWidth(ANY_WIDTH if filtering else theme.px(240))
		listed = not reading and not filtering if one else look != "reading"
		read = reading if one else look != "table"
		self._listing.setVisible(listed)
		self._reading.setVisible(read)
		self._reading.to_list.setVisible(one)
		self._between.setVisible(listed and read)
		self._listing.set_table(look == "table" and not one)
		if listed and read:
			self._listing.setFixedWidth(min(theme.px(372 if roomy else 348), round(size.width() * 0.42)))
		else:
			self._listing.setMinimumWidth(0)
			self._listing.setMaximumWidth(ANY_WIDTH)
