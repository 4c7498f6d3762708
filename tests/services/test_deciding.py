"""Deciding: steps that can be taken back after a restart, photos one by one, several exemptions, reasons once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cranford_desktop.domain.disclosure import Candidate, Decision
from cranford_desktop.domain.media_decisions import MediaDecision
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import NotFound, RefusedByPolicy
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.deciding import Deciding
from cranford_desktop.services.legal_reasons import LegalReasons
from cranford_desktop.services.pack_building import PackBuilder, is_undecided_media
from cranford_desktop.store import decision_steps
from cranford_desktop.store.archive import open_archive
from tests.services.disclosure_support import NOW, Desk, desk, photo

WHY = {
	"reason": "It names a resident who wrote to the council.",
	"whose_data": "resident",
	"legitimate_interest": "To see how the drain was dealt with.",
	"necessity": "No, the message can be followed without it.",
	"balance": "The resident could not expect to be named.",
}
QUALIFIED = {
	"qp_name": "J Ash, chair",
	"qp_source": "Authorised on 3 March 2025 under section 36(5).",
	"qp_put": "Two messages and the arguments both ways.",
	"qp_date": "2026-11-20",
	"qp_opinion": "It would inhibit advice.",
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
	with desk(tmp_path_factory.mktemp("deciding")) as made:
		yield made


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
	with desk(tmp_path) as made:
		yield made


def asked(office: Desk, search: str | None = None, regime: str = "foi") -> int:
	made = office.requests.create(regime=regime, received=date(2026, 11, 23), requester="", wording="The culvert.")
	office.gathering.gather(made.id, MessageFilter(search=search))
	return made.id


def reasons_of(office: Desk) -> LegalReasons:
	return LegalReasons(office.archive, standing_clock(NOW), load())


def standing(candidates: list[Candidate]) -> dict[int, tuple]:
	return {one.row.id: (one.decision, one.media) for one in candidates}


def reopened(office: Desk) -> Deciding:
	"""Return the service on the same archive, closed and opened again."""
	office.archive.close()
	return Deciding(open_archive(office.archive.folder, None), standing_clock(NOW), load())


def test_steps_are_taken_back_after_a_restart(office: Desk) -> None:
	number = asked(office)
	ids = [one.row.id for one in office.deciding.candidates(number)]
	picture = next(one.row for one in office.deciding.candidates(number) if one.row.kind == "media")
	before = [standing(office.deciding.candidates(number))]
	office.deciding.decide(number, ids, "not_in_scope")
	before.append(standing(office.deciding.candidates(number)))
	office.deciding.decide(number, ids[:3], "withhold", exemption="s42", more_exemptions=["s41"], reason="Advice")
	before.append(standing(office.deciding.candidates(number)))
	office.deciding.decide_medium(number, picture.id, picture.attachments[0].sha256, "release")
	again = reopened(office)
	try:
		told = []
		for expected in reversed(before):
			told.append(again.undo(number))
			assert standing(again.candidates(number)) == expected
		assert [one.words for one in told] == [
			"1 photo or file: put into the pack",
			"3 messages: withheld",
			f"{len(ids)} messages: not in scope",
		]
		assert told[1].messages == tuple(ids[:3])
		assert again.undo(number) is None
	finally:
		again._archive.close()


def test_only_so_many_steps_are_kept(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
	monkeypatch.setattr(decision_steps, "KEPT", 5)
	number = asked(office, "mill")
	[first, *_] = [one.row.id for one in office.deciding.candidates(number)]
	for at in range(9):
		office.deciding.decide(number, [first], ("release", "not_in_scope")[at % 2])
	assert office.deciding.steps(number) == 5
	assert [office.deciding.undo(number) is not None for _ in range(6)] == [True] * 5 + [False]
	assert office.deciding.candidates(number)[0].decision.choice == "not_in_scope"


def test_what_left_the_set_is_passed_over_and_its_steps_go_with_the_set(office: Desk) -> None:
	number = asked(office, "mill")
	ids = [one.row.id for one in office.deciding.candidates(number)]
	office.deciding.decide(number, ids[1:], "release")
	office.deciding.decide(number, ids, "not_in_scope")
	office.deciding.decide(number, ids[:1], "release")
	office.gathering.remove(number, ids[:1])
	with pytest.raises(NotFound, match="not among"):
		office.deciding.decide(number, ids[:1], "release")
	taken = office.deciding.undo(number)
	assert taken.messages == tuple(ids[1:]), "the step on the message that left has nothing to put back"
	assert [one.decision.choice for one in office.deciding.candidates(number)] == ["release"] * len(ids[1:])
	office.gathering.remove(number, ids[1:])
	assert office.deciding.steps(number) == 0


def test_a_failed_decision_leaves_no_step(office: Desk) -> None:
	number = asked(office, "mill")
	ids = [one.row.id for one in office.deciding.candidates(number)]
	for wrong in ({"exemption": "s99"}, {}):
		with pytest.raises((NotFound, RefusedByPolicy)):
			office.deciding.decide(number, ids, "withhold", **wrong)
	assert office.deciding.steps(number) == 0


def test_a_photo_is_decided_apart_from_the_words(office: Desk) -> None:
	number = asked(office)
	pictured = next(one.row for one in office.deciding.candidates(number) if one.row.kind == "media")
	sha256 = pictured.attachments[0].sha256
	office.deciding.decide_medium(number, pictured.id, sha256, "withhold", exemption="s. 40(2)", reason="A face")
	[at] = office.deciding.again(number, [pictured.id])
	assert at.decision is None, "the words are still undecided"
	assert [(one.choice, one.exemption, one.reason) for one in at.media] == [("withhold", "s40(2)", "A face")]
	with pytest.raises(RefusedByPolicy, match="needs an exemption"):
		office.deciding.decide_medium(number, pictured.id, sha256, "withhold")
	with pytest.raises(NotFound, match="no such file"):
		office.deciding.decide_medium(number, pictured.id, "0" * 64, "release")
	office.deciding.decide_medium(number, pictured.id, sha256, None)
	assert office.deciding.again(number, [pictured.id])[0].media == ()


def test_packs_follow_single_files(office: Desk) -> None:
	number = asked(office, "culvert")
	ids = [one.row.id for one in office.deciding.candidates(number)]
	pictured = next(one.row for one in office.deciding.candidates(number) if one.row.attachments)
	office.deciding.decide(number, ids, "release")
	left = office.disclosing.make_pack(number)
	assert left.undecided_media == 1
	sha256 = pictured.attachments[0].sha256
	office.deciding.decide_medium(number, pictured.id, sha256, "withhold", exemption="s40(2)", reason="Shows her face.")
	withheld = office.disclosing.make_pack(number)
	assert withheld.undecided_media == 0
	assert withheld.rests_on != left.rests_on
	assert withheld.released == len(ids)
	record = text_of(office, number, withheld.pack_number, "record.xlsx")
	assert "left out under s40(2), Shows her face." in record
	sent = text_of(office, number, withheld.pack_number, "schedule.xlsx")
	assert "withheld: s40(2)" in sent
	assert "Shows her face" not in sent
	office.deciding.decide_medium(number, pictured.id, sha256, "release")
	shown = office.disclosing.make_pack(number)
	assert shown.undecided_media == 0
	assert photo() not in b"".join(office.disclosing.files(number, shown.pack_number).values())
	assert [picture_in(office, number, one.pack_number) for one in (left, withheld, shown)] == [False, False, True]


def picture_in(office: Desk, number: int, pack: int) -> bool:
	"""Say whether a photo is drawn in what goes out."""
	files = office.disclosing.files(number, pack)
	return any(b"DCTDecode" in data for path, data in files.items() if path.startswith("DISCLOSURE/"))


def test_two_files_of_one_message_go_their_own_ways(office: Desk) -> None:
	number = asked(office, "culvert")
	pictured = next(one.row for one in office.deciding.candidates(number) if one.row.attachments)
	[one] = pictured.attachments
	row = pictured._replace(attachments=(one, replace(one, sha256="ab" * 32), replace(one, sha256="cd" * 32)))
	released = Decision(row.id, "release")
	media = [MediaDecision(one.sha256, "not_in_scope"), MediaDecision("ab" * 32, "withhold", "s40(2)")]
	builder = PackBuilder("FOI-1", (), load().exemptions, "foi")
	entry = builder.entry(row, released, 1, media=media)
	told = ["not in scope of the request", "withheld: s40(2)", "left out of this pack"]
	assert [medium.note for medium in entry.media] == told
	assert entry.exemptions == ("s40(2)",)
	assert is_undecided_media(row, released, media), "the third is still open"
	assert not is_undecided_media(row, released, [*media, MediaDecision("cd" * 32, "release")])
	whole = builder.entry(row, replace(released, with_media=True), 1, media=media)
	assert [medium.note for medium in whole.media][:2] == told[:2], "its own decision stands before the message's"
	assert "left out" not in whole.media[2].note


def text_of(office: Desk, number: int, pack: int, ending: str) -> str:
	"""Return every text of one Excel file of a pack."""
	import io

	from openpyxl import load_workbook

	[data] = [data for path, data in office.disclosing.files(number, pack).items() if path.endswith(ending)]
	book = load_workbook(io.BytesIO(data))
	return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def test_several_exemptions_stand_in_the_schedule_and_the_log(office: Desk) -> None:
	number = asked(office, "solicitor")
	[advice] = [one.row.id for one in office.deciding.candidates(number)]
	office.deciding.decide(number, [advice], "withhold", exemption="42", more_exemptions=["s 40 (2)", "s42"])
	decision = office.deciding.candidates(number)[0].decision
	assert (decision.exemption, decision.more_exemptions) == ("s42", ("s40(2)",))
	made = office.disclosing.make_pack(number)
	assert "s42, s40(2)" in text_of(office, number, made.pack_number, "schedule.xlsx")
	assert "s42, s40(2)" in text_of(office, number, made.pack_number, "record.xlsx")
	assert office.deciding.requester_view(number, advice)[0].text == "Withheld – legal advice, s42"


def test_reasons_are_written_once_and_used_by_every_decision(office: Desk) -> None:
	number = asked(office, "mill")
	ids = [one.row.id for one in office.deciding.candidates(number)]
	reasons = reasons_of(office)
	reasons.record(number, "40(2)", WHY)
	office.deciding.decide(number, ids[:-1], "withhold", exemption="s40(2)")
	office.redacting.redact(number, "text", "November", "s40(2)")
	office.deciding.decide(number, ids[-1:], "release")
	[one] = reasons.in_use(number)
	assert (one.code, one.used, one.missing) == ("s40(2)", len(ids), ())
	made = office.disclosing.make_pack(number)
	assert made.not_recorded == ("requester",)
	record = text_of(office, number, made.pack_number, "record.xlsx")
	assert record.count(WHY["reason"]) == len(ids)
	assert "Whose data: A resident or other member of the public" in record
	reasons.record(number, "s40(2)", {**WHY, "necessity": " ", "whose_data": "child"})
	[one] = reasons.in_use(number)
	assert [rule.key for rule in one.missing] == ["necessity"]
	changed = office.disclosing.make_pack(number)
	assert changed.not_recorded == ("requester", "s40(2): Needed")
	assert changed.rests_on == made.rests_on, "what goes out is the same"
	with pytest.raises(RefusedByPolicy, match="does not ask"):
		reasons.record(number, "s40(2)", {"enactment": "None"})
	for told in (*WHY.values(), "resident"):
		assert told not in office.ledger()


def test_what_is_private_has_one_reason_for_all(office: Desk) -> None:
	number = asked(office, "birthday OR mill")
	ids = [one.row.id for one in office.deciding.candidates(number)]
	private = office.id_of("birthday")
	office.deciding.decide(number, [one for one in ids if one != private], "release")
	office.deciding.decide(number, [private], "not_held")
	reasons = reasons_of(office)
	[one] = reasons.in_use(number)
	assert (one.named, one.used) == ("Private: not the council’s record", 1)
	assert office.disclosing.make_pack(number).not_recorded[-1].endswith(f"(message {private}): reason")
	office.deciding.decide(number, [private], "not_held", reason="A birthday.")
	assert reasons.in_use(number)[0].missing == (), "each says why itself"
	office.deciding.undo(number)
	reasons.record(number, "not_held", one.beginnings[0].fields)
	made = office.disclosing.make_pack(number)
	assert made.not_recorded == ("requester",)
	assert "It is personal talk between members." in text_of(office, number, made.pack_number, "record.xlsx")


def test_what_was_written_down_is_no_part_of_the_pack(office: Desk) -> None:
	number = asked(office, "mill")
	ids = [one.row.id for one in office.deciding.candidates(number)]
	reasons_of(office).record(number, "s40(2)", {"reason": "Mill Lane floods every November"})
	office.deciding.decide(number, ids, "release")
	office.redacting.redact(number, "text", "07700 900123", "s40(2)")
	assert office.disclosing.make_pack(number).leak_check.passed, "released words may be those of a reason"


def test_a_request_that_changes_while_its_pack_is_made_makes_none(office: Desk) -> None:
	number = asked(office, "culvert")
	candidates = office.deciding.candidates(number)
	office.deciding.decide(number, [one.row.id for one in candidates], "release")
	office.redacting.redact(number, "text", "07700 900123", "s40(2)")
	pictured = next(one.row for one in candidates if one.row.attachments)

	def meanwhile(act) -> None:
		done: list[int] = []

		def stopped() -> bool:
			if not done:
				done.append(1)
				act()
			return False

		with pytest.raises(RefusedByPolicy, match="changed while its pack was being made"):
			office.disclosing.make_pack(number, stopped=stopped)

	meanwhile(lambda: office.deciding.decide_medium(number, pictured.id, pictured.attachments[0].sha256, "release"))
	meanwhile(lambda: reasons_of(office).record(number, "s40(2)", WHY))
	meanwhile(lambda: office.deciding.undo(number))
	assert office.disclosing.packs(number) == []


def test_section_36_waits_for_the_qualified_person(office: Desk) -> None:
	number = asked(office, "mill")
	ids = [one.row.id for one in office.deciding.candidates(number)]
	with pytest.raises(RefusedByPolicy, match="opinion of the qualified person"):
		office.deciding.decide(number, ids[:1], "withhold", exemption="s36(2)(c)")
	office.deciding.decide(number, ids, "release")
	office.redacting.redact(number, "text", "November", "s36(2)(c)")
	with pytest.raises(RefusedByPolicy, match="without the opinion"):
		office.disclosing.make_pack(number)
	reasons_of(office).record(number, "s36(2)(c)", QUALIFIED)
	office.deciding.decide(number, ids[:1], "withhold", exemption="s36(2)(c)")
	assert office.disclosing.make_pack(number).withheld == 1


def test_what_an_exemption_asks_for_is_checked() -> None:
	rules = load().reasons
	received, today = date(2026, 11, 2), date(2026, 11, 23)
	assert rules.faults("s40(2)", WHY, received, today) == {}
	assert rules.faults("s22", {"intended": "2026-11-02"}, received, today)["intended"].startswith(
		"It has to be before"
	)
	assert "intended" not in rules.faults("s22", {"intended": "2026-11-01"}, received, today)
	assert (
		rules.faults("s36(2)(c)", {"qp_date": "2026-11-24"}, received, today)["qp_date"] == "This day has not come yet"
	)
	assert rules.faults("s36(2)(c)", {"qp_date": "soon"}, received, today)["qp_date"].startswith("Enter the day")
	refused = rules.faults("reg 12(5)(e)", {"emissions": "yes"}, received, today)["emissions"]
	assert refused.startswith("Information on emissions cannot be kept back")
	assert "emissions" not in rules.faults("reg 12(5)(e)", {"emissions": "no"}, received, today)
	assert rules.faults("s31(1)", {"limb": "(z)"}, received, today)["limb"] == "Choose the part that applies"


@pytest.mark.parametrize("exemption", load().exemptions, ids=lambda one: one.code)
def test_every_exemption_asks_for_what_its_law_weighs(exemption) -> None:
	keys = [rule.key for rule in load().reasons.of(exemption.code)]
	assert "reason" in keys
	assert len(keys) == len(set(keys))
	assert ("prejudice" in keys) == exemption.needs_prejudice
	for key in ("public_interest", "against"):
		assert (key in keys) == exemption.needs_public_interest
	if exemption.regimes == ("eir",) and exemption.code.startswith("reg 12"):
		assert "balance" in keys, "the public interest is weighed for every exception (reg 12(1)(b))"
	if exemption.code[:9] in ("reg 12(5)",) and exemption.code[-2] in "defg":
		assert "emissions" in keys, "reg 12(9)"


def test_wordings_to_begin_with_answer_everything() -> None:
	rules = load().reasons
	for wording in rules.wordings:
		for code in wording.codes:
			assert rules.faults(code, wording.fields, date(2026, 11, 2), date(2026, 11, 23)) == {}
			assert wording.fields.keys() == {rule.key for rule in rules.of(code)}


def test_where_she_was_is_remembered(office: Desk) -> None:
	number = asked(office)
	ids = [one.row.id for one in office.deciding.candidates(number)]
	assert office.deciding.place(number) is None
	office.deciding.decide(number, ids[2:3], "release")
	assert office.deciding.place(number) == ids[2], "where the last step was made"
	office.deciding.remember_place(number, ids[5])
	assert reopened(office).place(number) == ids[5]


def test_an_undone_decision_under_another_law_is_undecided(office: Desk) -> None:
	number = asked(office, "solicitor")
	[advice] = [one.row.id for one in office.deciding.candidates(number)]
	office.deciding.decide(number, [advice], "withhold", exemption="s42")
	office.deciding.decide(number, [advice], "release")
	with office.archive.writing(standing_clock(NOW)()) as change:
		change.connection.exec_driver_sql("UPDATE request SET regime = 'eir' WHERE id = ?", (number,))
		change.record("changed the law of a request", {"request": number})
	assert office.deciding.undo(number).messages == (advice,)
	assert office.deciding.candidates(number)[0].decision is None


ACTS = st.one_of(
	st.tuples(
		st.just("decide"),
		st.lists(st.integers(0, 5), min_size=1, max_size=6, unique=True),
		st.sampled_from(["release", "withhold", "not_in_scope", "not_held"]),
		st.booleans(),
	),
	st.tuples(st.just("medium"), st.sampled_from(["release", "withhold", "not_in_scope", None])),
	st.tuples(st.just("undecide"), st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True)),
	st.tuples(st.just("cover"), st.sampled_from(["culvert", "drain", "Potter"])),
	st.tuples(st.just("undo")),
	st.tuples(st.just("undo")),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, max_size=14))
def test_any_deciding_and_taking_back_equals_the_model(shared: Desk, acts: list[tuple]) -> None:
	number = asked(shared)
	candidates = shared.deciding.candidates(number)
	ids = [one.row.id for one in candidates][:5]
	pictured = next(one.row for one in candidates if one.row.attachments and one.row.attachments[0].present)
	ids.append(pictured.id)
	sha256 = pictured.attachments[0].sha256

	def now() -> tuple:
		# another service on the archive: nothing is kept between steps but in the archive itself
		fresh = Deciding(shared.archive, standing_clock(NOW), load())
		return standing(fresh.candidates(number)), [one.value for one in shared.redacting.redactions(number)]

	history = [now()]
	for act in acts:
		if act[0] == "decide":
			code = "s42" if act[2] == "withhold" else None
			more = ["s41"] if code and act[3] else []
			some = [ids[at] for at in act[1]]
			shared.deciding.decide(number, some, act[2], exemption=code, more_exemptions=more, with_media=act[3])
		elif act[0] == "medium":
			code = "s40(2)" if act[1] == "withhold" else None
			shared.deciding.decide_medium(number, pictured.id, sha256, act[1], exemption=code)
		elif act[0] == "undecide":
			before = shared.deciding.steps(number)
			shared.deciding.undecide(number, [ids[at] for at in act[1]])
			if shared.deciding.steps(number) == before:
				continue  # nothing was decided there, so there is nothing to take back
		elif act[0] == "cover":
			shared.redacting.redact(number, "text", act[1], "s40(2)")
		else:
			taken = shared.deciding.undo(number)
			assert (taken is None) == (len(history) == 1)
			history = history[:-1] if len(history) > 1 else history
			assert now() == history[-1]
			continue
		history.append(now())
	for expected in reversed(history[:-1]):
		assert shared.deciding.undo(number) is not None
		assert now() == expected
