"""Covering people and areas of pictures: the dialogs, by mouse and by keyboard."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

import io
from datetime import date

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from cranford_desktop.domain.covering import Coverable, NameForm, PersonPlace, PersonPlaces, Spared
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.photo_areas import Area, PhotoArea
from cranford_desktop.policy_tables import load
from cranford_desktop.ui.parts.areas_dialog import AreasDialog, Covered
from cranford_desktop.ui.parts.redact_dialog import RedactDialog, Whom
from tests.ui.flow_support import nameless, settle, too_small, town, town_window
from tests.ui.ui_support import button_named, clipped, primaries

EXEMPTIONS = [one for one in load().exemptions if "foi" in one.regimes]
SHAW = "Cllr Jean Shaw"


def place(message_id, where, before, words, after, other="", phrase="", *, spare=False):
	around = ((before, False), (words, True), (after, False))
	return PersonPlace(message_id, where, len(before), len(before) + len(words), words, around, other, phrase, spare)


POTTER = PersonPlaces(
	"Mrs Jean Potter",
	(
		NameForm(
			"Mrs Jean Potter",
			"name",
			False,
			(
				place(1, "sender", "", "Mrs Jean Potter", ""),
				place(2, "text", "I spoke to ", "Mrs Jean Potter", " about the culvert"),
				place(3, "file", "", "Mrs Jean Potter", ".vcf"),
			),
		),
		NameForm(
			"Jean",
			"name",
			False,
			(
				place(4, "text", "Ask ", "Jean", " whether it floods there too, she knows", SHAW),
				*(place(5 + at, "text", "Cllr ", "Jean", " Shaw agrees", SHAW, SHAW, spare=True) for at in range(3)),
			),
		),
		NameForm("+44 7700 900123", "number", False, (place(8, "text", "Ring ", "07700 900 123", " please"),)),
		NameForm("Potter", "part of a name", True, (place(9, "text", "The ", "Potter", " hedge is in the way"),)),
	),
	("~ Jeannie",),
)
PEOPLE = Whom(
	(Coverable("Mrs Jean Potter"), Coverable(SHAW, "Councillor")), lambda _who, _left: POTTER, lambda _who: "Resident 1"
)


@pytest.fixture
def dialog(qtbot):
	made = RedactDialog(
		None,
		EXEMPTIONS,
		lambda *_: (),
		lambda ids: [f"Fri {one} Nov, 09:0{one}" for one in ids],
		PEOPLE,
		wordings=load().reasons.wordings,
	)
	qtbot.addWidget(made)
	made.kind.setCurrentIndex(1)
	made.person.setCurrentIndex(1)
	qtbot.waitUntil(lambda: made.named.count() > 0)
	return made


def test_a_name_that_means_somebody_else_is_left_unticked(dialog):
	lines = [dialog.named.line(at) for at in range(dialog.named.count())]
	heads = [line.head for line in lines if line.tick is not None and line.place is None]
	assert heads == [
		"Mrs Jean Potter – name: 3 places",
		"Jean – name: 4 places",
		"“Jean” also matches Cllr Jean Shaw in 3 places – left unticked",
		"+44 7700 900123 – number: 1 place",
		"Potter – only part of a name: 1 place",
	]
	assert dialog.told.text() == "5 places will be covered"
	assert "~ Jeannie" in dialog.also.text()
	assert dialog.go.accessibleName() == "Redact 5 places"
	assert dialog.asked().ticks.phrases == (SHAW,)
	doubtful = next(at for at, line in enumerate(lines) if "perhaps Cllr Jean Shaw" in line.head)
	dialog.named.toggle(doubtful)
	assert dialog.asked().ticks.spared == (Spared(4, 4, 8, "Jean"),)
	assert dialog.places() == 4
	dialog.named.setCurrentRow(next(at for at, line in enumerate(lines) if line.form.offered))
	dialog.named.setFocus()
	dialog.named.keyPressEvent(key(Qt.Key.Key_Space))
	assert dialog.asked().ticks.also == ("Potter",)
	assert dialog.places() == 5


def key(code, held=Qt.KeyboardModifier.NoModifier):
	return QKeyEvent(QEvent.Type.KeyPress, code, held)


def test_the_person_dialog_is_usable(dialog, qtbot):
	dialog.room = lambda: 540
	dialog.show()
	qtbot.waitExposed(dialog)
	assert dialog.height() <= 540
	qtbot.waitUntil(lambda: not clipped(dialog))
	assert not nameless(dialog)
	assert not too_small(dialog)


def picture(_page=0):
	made = Image.new("RGB", (800, 600), (190, 205, 180))
	ImageDraw.Draw(made).ellipse((300, 150, 460, 330), fill=(230, 190, 160))
	out = io.BytesIO()
	made.save(out, "JPEG")
	return out.getvalue()


@pytest.fixture
def areas(qtbot):
	made = AreasDialog(None, Covered(1, picture, ()), EXEMPTIONS, "s40(2)")
	qtbot.addWidget(made)
	made.room = lambda: 580
	made.show()
	qtbot.waitExposed(made)
	qtbot.waitUntil(lambda: not made.view._image.isNull())
	return made


def at(view, x, y):
	whole = view.picture_rect()
	return QPoint(round(whole.x() + x * whole.width()), round(whole.y() + y * whole.height()))


def test_areas_are_drawn_with_the_mouse_where_they_cover(areas, qtbot):
	view, left = areas.view, Qt.MouseButton.LeftButton
	qtbot.mousePress(view, left, pos=at(view, 0.3, 0.25))
	qtbot.mouseMove(view, at(view, 0.5, 0.5))
	qtbot.mouseRelease(view, left, pos=at(view, 0.6, 0.55))
	[one] = areas.wanted()
	assert one.exemption == "s40(2)"
	for got, wanted in zip(one.area[:4], (0.3, 0.25, 0.3, 0.3), strict=True):
		assert abs(got - wanted) < 0.01
	qtbot.mouseClick(view, left, pos=at(view, 0.9, 0.9))
	assert len(areas.wanted()) == 1, "a click draws nothing"
	assert areas.go.accessibleName() == "Save 1 area"
	areas.undo()
	assert areas.wanted() == []


def test_areas_are_drawn_moved_sized_and_removed_by_keyboard(areas):
	view = areas.view
	view.keyPressEvent(key(Qt.Key.Key_A))
	view.keyPressEvent(key(Qt.Key.Key_Left))
	view.keyPressEvent(key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier))
	view.keyPressEvent(key(Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier))
	[one] = areas.wanted()
	assert [round(side, 3) for side in one.area[:4]] == [0.38, 0.396, 0.2, 0.22]
	areas.reason.setText("A child")
	areas.reason.textEdited.emit("A child")
	assert areas.wanted()[0].reason == "A child"
	view.keyPressEvent(key(Qt.Key.Key_A))
	view.keyPressEvent(key(Qt.Key.Key_N))
	view.keyPressEvent(key(Qt.Key.Key_Delete))
	assert len(areas.wanted()) == 1
	areas.all_of_it.click()
	assert "left out of the pack" in areas.told.text()


def test_the_area_dialog_is_usable(areas):
	assert not clipped(areas)
	assert not nameless(areas)
	assert len(primaries(areas)) == 1


def test_pages_are_turned_and_areas_stay_on_theirs(qtbot):
	kept = [PhotoArea(1, "0", Area(0.1, 0.1, 0.2, 0.2, 1), "s40(2)", None)]
	made = AreasDialog(None, Covered(3, picture, kept, lambda: [Area(0.5, 0.5, 0.1, 0.1, 2)]), EXEMPTIONS)
	qtbot.addWidget(made)
	made.after.click()
	assert made.where.text() == "Page 2 of 3"
	made.add_one.click()
	assert [one.area.page for one in made.wanted()] == [1, 1]
	made.words.click()
	qtbot.waitUntil(lambda: len(made.wanted()) == 3)
	assert made.wanted()[-1].area.page == 2


def test_a_photo_is_covered_from_its_message_and_the_requester_sees_it_so(town, town_window, qtbot):
	request = town.requests.create(regime="foi", received=date(2026, 11, 23), requester="A Green", wording="Mill Lane")
	town.gathering.gather(request.id, MessageFilter(search="mill lane"))
	town.gathering.confirm_set(request.id)
	town_window.go("requests")
	tab = town_window.tab_pages["requests"]
	tab.open_item(request.id)
	tab.open_task("decide")
	settle(town_window, qtbot)
	page = tab.decide
	[(message_id, held)] = [
		(one.row.id, media) for one in town.deciding.candidates(request.id) for media in one.row.attachments
	]
	page.view.show_message(message_id)

	def draw() -> None:
		dialog = QApplication.activeModalWidget()
		if not isinstance(dialog, AreasDialog):
			QTimer.singleShot(10, draw)
			return
		dialog.add_one.click()
		button_named(dialog, "Save 1 area").click()

	QTimer.singleShot(10, draw)
	page.medium_asked(held.sha256, "areas")
	qtbot.waitUntil(lambda: bool(town.covering_photos.areas(request.id)), timeout=10_000)
	settle(town_window, qtbot)
	[kept] = town.covering_photos.areas(request.id, held.sha256)
	assert kept.area == Area(0.4, 0.4, 0.2, 0.2)
	shown = Image.open(io.BytesIO(page._as_covered(held.id, 176))).convert("RGB")
	assert shown.getpixel((shown.width // 2, shown.height // 2)) == (0, 0, 0)
	page.undo()
	assert town.covering_photos.areas(request.id) == []
