"""Deciding by keyboard: days, files, ideas, what changed, taking back another day, reasons written down once."""

# ruff: noqa: F401 - pytest finds fixtures by their names in this module

import io
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from cranford_desktop.domain.media_decisions import MediaDecision
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.ui.parts.chat_model import LINE
from cranford_desktop.ui.parts.decide_view import media_notes
from cranford_desktop.ui.parts.withhold_dialog import ReasonDialog, WithholdDialog
from tests.ingest.writer import Phone, Sent, write_export
from tests.ui.flow_support import (
	AHMED,
	BANNED,
	BELL,
	GROUP,
	MARSH,
	SHAW,
	answer,
	make_council,
	nameless,
	settle,
	window_on,
	words_of,
)
from tests.ui.ui_support import button_named, clipped

DAY = datetime(2025, 11, 3, 9, 0)
SOLICITOR = "The solicitor says do not admit liability for the Mill Lane drain."


def picture(colour: str) -> bytes:
	out = io.BytesIO()
	Image.new("RGB", (320, 240), colour).save(out, "JPEG")
	return out.getvalue()


def story() -> list[Sent]:
	said = [
		(DAY, SHAW, "The Mill Lane drain again."),
		(DAY + timedelta(minutes=5), BELL, "Mill Lane: thanks."),
		(DAY + timedelta(minutes=9), MARSH, SOLICITOR),
		(DAY + timedelta(days=1), AHMED, "Mill Lane: thanks."),
		(DAY + timedelta(days=1, minutes=3), AHMED, "Happy birthday, see you in Mill Lane."),
		(DAY + timedelta(days=1, minutes=9), BELL, "Mill Lane is dry."),
	]
	sent = [Sent(at, who, text) for at, who, text in said]
	photo = Sent(
		DAY + timedelta(days=2), SHAW, "Mill Lane now.", file="IMG-20251105-WA0001.jpg", data=picture("#558877")
	)
	return [*sent, photo]


@pytest.fixture
def town(tmp_path):
	made = make_council(tmp_path, story())
	yield made
	made.close()


@pytest.fixture
def request_id(town):
	made = town.requests.create(regime="foi", received=date(2026, 11, 23), requester="", wording="Mill Lane")
	town.gathering.gather(made.id, MessageFilter(search="mill lane"))
	town.gathering.confirm_set(made.id)
	return made.id


@pytest.fixture
def window(dressed, town, tmp_path, qtbot):
	with window_on(town, tmp_path, qtbot) as made:
		yield made


@pytest.fixture
def deciding(window, request_id, qtbot):
	return opened(window, request_id, qtbot)


def opened(window, request_id, qtbot):
	window.go(f"requests:{request_id}")
	tab = window.tab_pages["requests"]
	tab.open_task("decide")
	settle(window, qtbot)
	return tab.decide


def choices(town, request_id):
	return [one.decision.choice if one.decision else None for one in town.deciding.candidates(request_id)]


def in_dialog(kind, act):
	"""Do something in the next dialog of a kind and press its verb."""
	from PySide6.QtCore import QTimer

	def press():
		dialog = QApplication.activeModalWidget()
		if not isinstance(dialog, kind):
			QTimer.singleShot(10, press)
			return
		act(dialog)
		dialog.go.click()

	QTimer.singleShot(10, press)


def test_a_day_is_decided_from_its_heading(deciding, town, request_id, qtbot):
	view = deciding.view
	heading = next(at for at in range(view.model().rowCount()) if view.model().index(at, 0).data(LINE).kind == "day")
	where = view.visualRect(view.model().index(heading, 0)).center()
	qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
	assert len(deciding.picked()) == 3
	assert "3 messages are picked" in words_of(deciding.panel)
	qtbot.keyClick(view, Qt.Key.Key_N)
	assert choices(town, request_id) == ["not_in_scope"] * 3 + [None] * 4
	qtbot.keyClick(view, Qt.Key.Key_A)
	assert len(deciding.picked()) == 3, "A picks the day she stands on"
	qtbot.keyClick(view, Qt.Key.Key_R)
	qtbot.keyClick(view, Qt.Key.Key_U)
	assert choices(town, request_id) == ["not_in_scope"] * 3 + [None] * 4
	assert deciding.view.current_message() == deciding.state.ids()[3]


def test_it_goes_on_where_she_was_and_takes_back_after_a_restart(deciding, window, town, request_id, qtbot, tmp_path):
	ids = deciding.state.ids()
	for key in (Qt.Key.Key_R, Qt.Key.Key_N, Qt.Key.Key_Down, Qt.Key.Key_Down):
		qtbot.keyClick(deciding.view, key)
	assert deciding.view.current_message() == ids[4]
	window.go("home")
	with window_on(town, tmp_path, qtbot) as another:
		again = opened(another, request_id, qtbot)
		assert again.view.current_message() == ids[4]
		assert again.panel.undo.isEnabled()
		qtbot.keyClick(again.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
		assert again.view.current_message() == ids[1]
		qtbot.keyClick(again.view, Qt.Key.Key_U)
		assert choices(town, request_id) == [None] * 7
		assert not again.panel.undo.isEnabled()


def test_the_window_hears_of_decisions_when_the_keys_rest(deciding, window, qtbot):
	heard = []
	deciding.changed.connect(lambda: heard.append(1))
	for _ in range(3):
		qtbot.keyClick(deciding.view, Qt.Key.Key_R)
	assert not heard
	window.go("home")
	assert heard == [1]


def test_a_key_puts_a_file_in_without_deciding_the_words(deciding, town, request_id, qtbot):
	pictured = deciding.state.ids()[-1]
	deciding.view.show_message(pictured)
	qtbot.keyClick(deciding.view, Qt.Key.Key_1)
	assert deciding.panel.photos.isChecked()
	assert choices(town, request_id)[-1] is None
	assert deciding.view.current_message() == pictured
	qtbot.keyClick(deciding.view, Qt.Key.Key_1)
	assert not deciding.panel.photos.isChecked()
	qtbot.keyClick(deciding.view, Qt.Key.Key_2)
	assert deciding.state.candidate(pictured).media == ()
	qtbot.keyClick(deciding.view, Qt.Key.Key_R)
	assert [note[1] for note in deciding.view.line_of(pictured).notes] == ["Its photo or file is left out of the pack"]


def test_a_file_is_left_out_with_its_reason(deciding, town, request_id, qtbot):
	pictured = deciding.state.ids()[-1]
	deciding.view.show_message(pictured)
	in_dialog(WithholdDialog, lambda dialog: button_named(dialog, "Begin with: A resident’s name").click())
	deciding.decide_medium(deciding.state.candidate(pictured).row.attachments[0].sha256, "withhold")
	assert "left out, s40(2)" in words_of(deciding.panel)
	[used] = town.reasons.in_use(request_id)
	assert (used.used, used.missing) == (1, ())
	deciding.apply([pictured], "release")
	assert deciding.view.line_of(pictured).notes[-1][1] == "Its photo or file is left out of the pack: s40(2)"
	tally = deciding.state.tally()
	assert (tally.media_in, tally.media_out, tally.reasons) == (0, 1, {"s40(2)": 1})


def test_all_files_of_a_message_that_went_in_whole_can_be_left_out_one_by_one(deciding, town, request_id, qtbot):
	pictured = deciding.state.ids()[-1]
	deciding.view.show_message(pictured)
	deciding.apply([pictured], "release", media=True)
	deciding.view.show_message(pictured)
	assert deciding.panel.photos.isChecked()
	deciding.panel.photos.click()
	assert not deciding.panel.photos.isChecked()
	assert choices(town, request_id)[-1] == "release"


def test_two_photos_of_one_message_stand_under_each_other(dressed, deciding, qtbot):
	pictured = deciding.state.candidate(deciding.state.ids()[-1])
	[one] = pictured.row.attachments
	pair = (one, replace(one, name="IMG-20251105-WA0002.jpg", sha256="ab" * 32))
	decided = (MediaDecision(pair[1].sha256, "withhold", "s40(2)"),)
	both = replace(pictured, row=pictured.row._replace(attachments=pair), media=decided)
	deciding.panel.show_message(both, 1, "")
	first, second = deciding.panel.media.media
	assert [first.put_in.text(), second.put_in.text()] == ["Put in 1 of 2", "Put in 2 of 2"]
	assert second.put_in.accessibleDescription() == "left out, s40(2)"
	assert [note[1] for note in media_notes(both)] == ["0 of 2 photos and files go into the pack, 1 not decided"]
	asked = []
	deciding.panel.media.chosen.disconnect()
	deciding.panel.media.chosen.connect(lambda *told: asked.append(told))
	first.put_in.click()
	assert asked == [(one.sha256, "release")]
	assert nameless(deciding.panel) == []
	deciding.panel.show_message(pictured, 1, "")
	assert not second.isVisible()


def test_an_idea_is_shown_and_taken_with_one_key(deciding, town, request_id, qtbot):
	ids = deciding.state.ids()
	deciding.view.show_message(ids[4])
	assert "Birthday wishes: “happy birthday”" in words_of(deciding.panel.hint)
	assert choices(town, request_id) == [None] * 7, "an idea decides nothing"
	deciding.view.show_message(ids[0])
	assert not deciding.panel.hint.isVisible()
	qtbot.keyClick(deciding.view, Qt.Key.Key_T)
	assert choices(town, request_id) == [None] * 7
	deciding.view.show_message(ids[4])
	qtbot.keyClick(deciding.view, Qt.Key.Key_T)
	assert choices(town, request_id)[4] == "not_held"
	deciding.view.show_message(ids[1])
	deciding.apply([ids[1]], "not_in_scope")
	deciding.view.show_message(ids[3])
	assert "So decided where the same words stand" in words_of(deciding.panel.hint)
	qtbot.keyClick(deciding.view, Qt.Key.Key_T)
	assert choices(town, request_id)[3] == "not_in_scope"


def test_an_idea_to_withhold_asks_for_the_reasons_all_the_same(deciding, town, request_id, qtbot):
	deciding.view.show_message(deciding.state.ids()[2])
	assert "Withhold, s42" in words_of(deciding.panel.hint)
	asked = []
	in_dialog(
		WithholdDialog,
		lambda dialog: (
			asked.append(dialog.answers()),
			button_named(dialog, "Begin with: Advice from a solicitor").click(),
		),
	)
	qtbot.keyClick(deciding.view, Qt.Key.Key_T)
	assert asked == [{"exemption": "s42"}]
	assert choices(town, request_id)[2] == "withhold"


def test_what_changed_shows_both_texts_and_is_decided_again_with_one_key(
	deciding, window, town, request_id, qtbot, tmp_path
):
	ids = deciding.state.ids()
	deciding.apply(ids[:1], "not_in_scope")
	changed = [Sent(DAY, SHAW, "The Mill Lane drain again, from the culvert.", edited=True), *story()[1:]]
	export = write_export(tmp_path / "WhatsApp Chat with Councillors.zip", Phone(owner=MARSH), changed)
	town.importing.import_file(export, group=GROUP)
	again = opened(window, request_id, qtbot)
	if not again.state.candidate(ids[0]).changed_since_decided:
		pytest.fail("the newer export did not change the message")
	again.view.show_message(ids[0])
	shown = again.view.line_of(ids[0])
	assert shown.text.startswith("The Mill Lane drain again, from the culvert.")
	assert shown.earlier == (("When you decided", "The Mill Lane drain again."),)
	assert "Decide again: Not in scope" in again.panel.hint.take.text()
	qtbot.keyClick(again.view, Qt.Key.Key_T)
	[one] = town.deciding.again(request_id, ids[:1])
	assert (one.decision.choice, one.changed_since_decided) == ("not_in_scope", False)
	qtbot.keyClick(again.view, Qt.Key.Key_U)
	[one] = town.deciding.again(request_id, ids[:1])
	assert one.changed_since_decided, "taking back brings back that it changed"


def test_reasons_are_asked_once_and_shown_filled_the_next_time(deciding, town, request_id, qtbot):
	in_dialog(WithholdDialog, lambda dialog: button_named(dialog, "Begin with: A home address").click())
	qtbot.keyClick(deciding.view, Qt.Key.Key_W)
	seen = []

	def look(dialog):
		seen.append(words_of(dialog))
		assert dialog.legal(0).isVisible()
		assert not dialog.reason.isVisible()

	in_dialog(WithholdDialog, look)
	qtbot.keyClick(deciding.view, Qt.Key.Key_W)
	assert "Used for 1 place in this request." in seen[0]
	assert "Whose data: A resident or other member of the public" in seen[0]
	assert choices(town, request_id)[:2] == ["withhold"] * 2
	[used] = town.reasons.in_use(request_id)
	assert used.used == 2


def test_several_reasons_are_each_asked_for_once(deciding, town, request_id, qtbot):
	town.reasons.record(request_id, "s42", town.tables.reasons.beginnings("s42")[0].fields)
	seen = []

	def two(dialog):
		dialog.add_reason()
		dialog.go.click()
		seen.extend(dialog.summary.words())
		dialog._reasons[1].choice.setCurrentIndex(dialog._reasons[0].choice.currentIndex())
		dialog.accept()
		seen.append(dialog.summary.words()[-1])
		dialog._reasons[1].choice.setCurrentIndex([one.code for one in dialog._exemptions].index("s42"))
		button_named(dialog, "Begin with: A resident’s name").click()

	in_dialog(WithholdDialog, two)
	qtbot.keyClick(deciding.view, Qt.Key.Key_W)
	assert "Say whose data it is" in seen
	assert seen[-1] == "This reason is there already. Choose another one, or take it off"
	decision = town.deciding.candidates(request_id)[0].decision
	assert (decision.exemption, decision.more_exemptions) == ("s40(2)", ("s42",))


def test_a_reason_is_taken_off_again(deciding, qtbot, town, request_id):
	dialog = WithholdDialog(
		deciding,
		town.deciding.exemptions("foi"),
		1,
		lambda code: town.reasons.asked(request_id, code),
		lambda code, answers: town.reasons.faults(request_id, code, answers),
		date(2026, 11, 23),
		["s42", "s41", "s40(2)"],
	)
	qtbot.addWidget(dialog)
	dialog._reasons[1].removed.emit()
	assert dialog.answers() == {"exemption": "s42", "more_exemptions": ("s40(2)",)}
	dialog._reasons[0].removed.emit()
	assert dialog.answers() == {"exemption": "s40(2)"}


@pytest.mark.parametrize("regime", ["foi", "eir", "sar"])
def test_every_exemption_can_be_filled_in_and_names_its_fields(dressed, town, qtbot, regime):
	made = town.requests.create(regime=regime, received=date(2026, 11, 23), requester="", wording="Mill Lane")
	for exemption in town.deciding.exemptions(regime):
		asked = town.reasons.asked(made.id, exemption.code)
		dialog = ReasonDialog(
			None, asked, lambda code, answers: town.reasons.faults(made.id, code, answers), date(2026, 11, 23)
		)
		qtbot.addWidget(dialog)
		dialog.show()
		assert nameless(dialog) == []
		assert not [word for word in BANNED if word in words_of(dialog).casefold()]
		dialog.accept()
		assert len(dialog.summary.words()) == len(asked.fields)
		assert dialog.result() == 0


def test_the_check_page_names_what_is_not_written_down(deciding, window, town, request_id, qtbot):
	tab = window.tab_pages["requests"]
	town.redacting.redact(request_id, "text", "drain", "s40(2)")
	town.deciding.decide(request_id, deciding.state.ids(), "release")
	tab.open_task("pack")
	card = tab.check.reasons
	said = words_of(card)
	assert "1 reason is not fully written down yet" in said
	assert "Missing: Whose data, Why, Legitimate interest, Needed, Balance." in said
	in_dialog(ReasonDialog, lambda dialog: button_named(dialog, "Begin with: A home address").click())
	button_named(card, "Write it down: Someone else's personal data – s40(2)").click()
	assert "Everything the law asks for is written down." in words_of(card)
	assert town.reasons.asked(request_id, "s40(2)").missing == ()
	assert clipped(card) == []


def test_a_decision_on_a_message_that_left_the_set_changes_nothing(deciding, window, town, request_id, qtbot):
	first, second = deciding.state.ids()[:2]
	town.gathering.remove(request_id, [first])
	problems = []
	window.problem = problems.append
	qtbot.keyClick(deciding.view, Qt.Key.Key_R)
	settle(window, qtbot)
	assert "not among" in str(problems[0])
	assert first not in deciding.state.ids()
	assert deciding.view.current_message() == second


@pytest.mark.parametrize("size", [(1024, 600), (1600, 900)])
def test_nothing_is_cut_off(deciding, window, qtbot, size):
	window.resize(*size)
	for one in deciding.state.ids():
		deciding.view.show_message(one)
		QApplication.processEvents()
		assert clipped(deciding.panel) == []
