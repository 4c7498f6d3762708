"""The coverage chart and its table: the same figures painted, spoken and listed."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt

from cranford_desktop.domain.coverage import Gap, GroupCoverage, PhoneCoverage
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.coverage_chart import CoverageChart
from cranford_desktop.ui.parts.coverage_table import CoverageView
from cranford_desktop.ui.parts.coverage_words import chart_of

SHAW = {(2024, 11): 40, (2024, 12): 55, (2025, 1): 60, (2025, 2): 30, (2025, 3): 20}
AHMED = {(2025, 1): 12, (2025, 3): 1}


def phone(name: str, months: dict, first: datetime, *, before: str = "", gaps: tuple[Gap, ...] = ()) -> PhoneCoverage:
	last = datetime(2025, 3, 28, 9, 0)
	return PhoneCoverage(1, f"{name}’s phone", None, None, first, last, last, months, before, "", gaps, 0)


def coverage() -> GroupCoverage:
	first = datetime(2024, 11, 5, 8, 0)
	late = phone(
		"Cllr Ahmed",
		AHMED,
		datetime(2025, 1, 20, 8, 0),
		before="Cut off: older messages are missing",
		gaps=(Gap(date(2025, 2, 3), date(2025, 2, 26), 28),),
	)
	phones = (phone("Cllr Shaw", SHAW, first), late)
	return GroupCoverage(1, "Councillors", first, datetime(2025, 3, 28, 9, 0), 205, 190, SHAW, phones, 0)


@pytest.fixture
def chart(dressed, qtbot) -> CoverageChart:
	made = CoverageChart(chart_of(coverage()), opens=True)
	qtbot.addWidget(made)
	made.resize(900, made.sizeHint().height())
	made.show()
	return made


def test_every_month_of_the_conversation_has_its_place_for_each_phone() -> None:
	model = chart_of(coverage())
	assert model.months == ((2024, 11), (2024, 12), (2025, 1), (2025, 2), (2025, 3))
	assert [one.name for one in model.rows] == ["Cllr Shaw", "Cllr Ahmed"]
	assert model.rows[1].counts == (0, 0, 12, 0, 1)
	assert model.together == (40, 55, 60, 30, 20)


def test_the_sentence_of_a_month_says_what_is_missing_and_why() -> None:
	model = chart_of(coverage())
	assert model.sentence(0, 0) == "Cllr Shaw, November 2024: 40 messages."
	assert model.sentence(1, 1) == "Cllr Ahmed, December 2024: no messages. Cut off: older messages are missing."
	assert model.sentence(1, 3) == (
		"Cllr Ahmed, February 2025: no messages. 28 missing, 3 February to 26 February 2025."
	)
	assert "Cllr Ahmed: January 2025 to March 2025, cut off: older messages are missing, 1 gap." in model.summary()


def test_somebody_who_joined_later_is_said_to_have_joined_that_day(dressed, qtbot) -> None:
	base = coverage()
	late = phone("Cllr Reid", {(2025, 3): 9}, datetime(2025, 3, 4, 8), before="Joined then")
	model = chart_of(GroupCoverage(1, "X", base.first, base.last, 205, 190, SHAW, (base.phones[0], late), 0))
	assert model.sentence(1, 0) == "Cllr Reid, November 2024: no messages. Joined 4 March 2025."
	assert "Cllr Reid: March 2025 to March 2025, joined 4 March 2025." in model.summary()
	low, full = (CoverageChart(model, low=one) for one in (True, False))
	for one in (low, full):
		qtbot.addWidget(one)
	assert low.sizeHint().height() < full.sizeHint().height()
	assert low.accessibleName() == full.accessibleName()


def test_the_keys_move_over_months_and_phones_and_the_sentence_is_there_to_be_read(chart, qtbot) -> None:
	chart.setFocus()
	assert chart.here == (0, 4)
	for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Down):
		qtbot.keyClick(chart, key)
	assert chart.here == (1, 2)
	assert (
		chart.accessibleDescription()
		== chart.sentence()
		== ("Cllr Ahmed, January 2025: 12 messages. Cut off: older messages are missing.")
	)
	qtbot.keyClick(chart, Qt.Key.Key_Home)
	qtbot.keyClick(chart, Qt.Key.Key_Up)
	qtbot.keyClick(chart, Qt.Key.Key_Up)
	assert chart.here == (0, 0)
	qtbot.keyClick(chart, Qt.Key.Key_End)
	assert chart.here == (0, 4)


def test_enter_and_a_click_open_the_conversation_there_a_gap_on_its_first_day(chart, qtbot) -> None:
	asked: list[date] = []
	chart.picked.connect(asked.append)
	chart.setFocus()
	qtbot.keyClick(chart, Qt.Key.Key_Home)
	qtbot.keyClick(chart, Qt.Key.Key_Return)
	gap = chart.month_place(1, 3).center().toPoint()
	qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=gap)
	assert asked == [date(2024, 11, 1), date(2025, 2, 3)]
	assert chart.here == (1, 3)


def test_bars_stand_where_messages_are_and_nowhere_else(chart) -> None:
	image = chart.grab().toImage()
	accent = theme.colour("accent").rgb()

	def painted(row: int, at: int) -> bool:
		spot = chart.month_place(row, at)
		return image.pixelColor(int(spot.center().x()), int(spot.bottom()) - 6).rgb() == accent

	for row, counts in enumerate(one.counts for one in chart_of(coverage()).rows):
		assert [painted(row, at) for at in range(5)] == [bool(n) for n in counts]


def test_the_chart_follows_the_text_size_and_the_dark_colours(chart, dressed) -> None:
	small = chart.sizeHint().height()
	theme.set_zoom(dressed, 150)
	assert chart.sizeHint().height() > small * 1.3
	theme.set_zoom(dressed, 100)
	light = chart.grab().toImage()
	theme.apply(dressed, dark=True)
	assert chart.grab().toImage() != light


def test_the_table_lists_the_same_figures_newest_first_and_reads_a_row_as_a_sentence(dressed, qtbot) -> None:
	view = CoverageView(coverage(), opens=True)
	qtbot.addWidget(view)
	view.show()
	view.turn()
	assert not view.chart.isVisible()
	table = view.table
	rows = [[table.topLevelItem(n).text(c) for c in range(table.columnCount())] for n in range(5)]
	assert rows[0] == ["March 2025", "20", "1", "20"]
	assert rows[1] == ["February 2025", "30", "missing", "30"]
	assert rows[4] == ["November 2024", "40", "missing", "40"]
	spoken = table.topLevelItem(1).data(0, Qt.ItemDataRole.AccessibleTextRole)
	assert spoken == "February 2025: 30 messages on all phones. Cllr Shaw 30, Cllr Ahmed none."
	view.turn()
	assert view.chart.isVisible()
	assert not table.isVisible()


def test_a_group_without_messages_is_said(dressed, qtbot) -> None:
	nothing = GroupCoverage(1, "Councillors", None, None, 0, 0, {}, (), 0)
	view = CoverageView(nothing)
	qtbot.addWidget(view)
	view.show()
	assert view.chart.accessibleName() == "Councillors: no messages."
	assert view.chart.focusPolicy() == Qt.FocusPolicy.NoFocus
