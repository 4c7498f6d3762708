"""The figures of the coverage chart as a table, and the part that shows either."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from cranford_desktop.domain.coverage import GroupCoverage
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import link
from cranford_desktop.ui.parts.coverage_chart import CoverageChart
from cranford_desktop.ui.parts.coverage_words import Chart, chart_of, first_day, month_name
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import col, row

_MOST_ROWS = 8
_MONTH = Qt.ItemDataRole.UserRole


class CoverageTable(QTreeWidget):
	"""One row a month, one column a phone; a row is read aloud as one sentence. `picked(day)`: a month was opened."""

	picked = Signal(object)

	def __init__(self, chart: Chart) -> None:
		super().__init__()
		heads = ["Month", *(one.name for one in chart.rows), "All phones"]
		self.setColumnCount(len(heads))
		self.setHeaderLabels(heads)
		self.setRootIsDecorated(False)
		self.setUniformRowHeights(True)
		self.setAllColumnsShowFocus(True)
		self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
		self.setAccessibleName(f"What each phone shows of {chart.group}, by month")
		right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
		for at in range(len(chart.months) - 1, -1, -1):
			month = chart.months[at]
			cells = [_cell(one.counts[at], bool(one.missing(month))) for one in chart.rows]
			item = QTreeWidgetItem([month_name(month), *cells, f"{chart.together[at]:,}"])
			item.setData(0, _MONTH, first_day(month))
			for column in range(len(heads)):
				item.setData(column, Qt.ItemDataRole.AccessibleTextRole, chart.month_sentence(at))
				if column:
					item.setTextAlignment(column, right)
			self.addTopLevelItem(item)
		head = self.header()
		head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
		head.setStretchLastSection(False)
		for column in range(1, len(heads)):
			self.headerItem().setTextAlignment(column, right)
		if self.topLevelItemCount():
			self.setCurrentItem(self.topLevelItem(0))
		self.itemActivated.connect(lambda item, _column: self.picked.emit(item.data(0, _MONTH)))
		self.rescale()

	def rescale(self) -> None:
		"""Follow the text size: as high as its rows, up to a few."""
		rows = min(_MOST_ROWS, max(1, self.topLevelItemCount()))
		each = max(self.sizeHintForRow(0), theme.px(34))
		self.setFixedHeight(rows * each + self.header().sizeHint().height() + theme.px(14))


class CoverageView(QWidget):
	"""Chart or table, as she likes it. `picked(day)`: open the conversation there."""

	picked = Signal(object)

	def __init__(self, coverage: GroupCoverage, *, opens: bool = False, note: str = "", low: bool = False) -> None:
		"""Take the coverage, whether its months can be opened, and a sentence for beside the link to the table.

		`low`: the sentence stands above, and the chart makes do with little height.
		"""
		super().__init__()
		self.model = chart_of(coverage)
		self.chart = CoverageChart(self.model, opens=opens, low=low)
		self.chart.picked.connect(self.picked)
		self.table: CoverageTable | None = None
		self._turn = link("As a table")
		self._turn.setAccessibleName(f"{coverage.group} as a table")
		self._turn.clicked.connect(self.turn)
		words = note or ("Each phone has its own scale." if len(self.model.rows) > 1 else "")
		about = row((say(words, "muted" if low else "small", wrap=True), 1), self._turn, gap=16)
		self._inside = col(about, self.chart, gap=4) if low else col(self.chart, about, gap=4)
		self.setLayout(self._inside)

	def turn(self) -> None:
		"""Show the table instead of the chart, or the chart again."""
		if self.table is None:
			self.table = CoverageTable(self.model)
			self.table.hide()
			self.table.picked.connect(self.picked)
			self._inside.insertWidget(1, self.table)
		table = self.table.isHidden()
		self.chart.setVisible(not table)
		self.table.setVisible(table)
		self._turn.say("As a chart" if table else "As a table")
		self._turn.setAccessibleName(f"{self.model.group} as a {'chart' if table else 'table'}")
		(self.table if table else self.chart).setFocus(Qt.FocusReason.OtherFocusReason)


def _cell(messages: int, missing: bool) -> str:
	if messages:
		return f"{messages:,}{' – in part' if missing else ''}"
	return "missing" if missing else "–"
