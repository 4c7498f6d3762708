"""A person covered everywhere: every name, number and address known of them, as whole words, whatever comes later."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cranford_desktop.domain.covering import ALL_TICKED, Spared, Ticks
from cranford_desktop.domain.disclosure import Redaction
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.redacting import find
from cranford_desktop.errors import NotFound, ProblemWithFile, RefusedByPolicy
from cranford_desktop.paths import resources
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.council import Council
from cranford_desktop.services.covering_people import CoveringPeople
from cranford_desktop.services.name_findings import NameFindings
from cranford_desktop.services.people import People
from cranford_desktop.store import directory, people, terms
from tests.services.disclosure_support import GROUP, NOW, Desk, desk, export
from tests.services.test_disclosing import everything, read_back, squeezed

CHAT = """\
02/11/2025, 09:00 - ~ Jeannie: The drain is blocked again
02/11/2025, 09:01 - +44 7700 900123: Jean here, this is my new phone
02/11/2025, 09:02 - Cllr Ashdown: Thank you Jean. Jeans are not for the bench, nor is Jeannine
02/11/2025, 09:03 - Cllr Ashdown: Ring her on 07700 900 123 or jean.potter@example.org
02/11/2025, 09:04 - Cllr Ashdown: jean_drain.pdf (file attached)
@+447700900123 sent it, JEAN\u2019S neighbour too. Mail JeanPotter@example.org
02/11/2025, 09:05 - Cllr Ashdown: Cllr Jean Shaw will look at 12 Mill Lane, not 112 Mill Lane
02/11/2025, 09:06 - Cllr Ashdown added +44 7700 900123
"""
CLOCK = standing_clock(NOW)
NAMES = ("Jean Potter", "~ Jeannie", "Jean", "+44 7700 900123", "jean.potter@example.org", "12 Mill Lane")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
	with desk(tmp_path, CHAT) as made:
		for rendered in ("~ Jeannie", "+44 7700 900123"):
			made.name(rendered, "Jean Potter", "resident")
		with made.archive.writing(standing_clock(NOW)()) as change:
			c = change.connection
			number = next(one.id for one in people.people(c) if one.name == "Jean Potter")
			for kind, value in (
				("nickname", "Jean"),
				("email", "jean.potter@example.org"),
				("address", "12 Mill Lane"),
			):
				directory.add_detail(c, number, kind, value, "clerk")
			change.record("kept details", {})
		yield made


def written(person: str, **changes: Any) -> dict[str, Any]:
	return {
		"reference": "FOI-2026-021",
		"regime": "foi",
		"received": "2026-11-02",
		"requester": "Mr Tom Green",
		"wording": "Everything that Jean Potter wrote about the drain.",
		"include": [{"group": GROUP}],
		"redact": [{"person": person, "exemption": "s40(2)", "stand_in": "Resident 1"}],
		**changes,
	}


@pytest.mark.parametrize("called", ["jean potter", "~ Jeannie", "07700 900123"])
def test_any_name_or_number_covers_the_whole_person(office: Desk, tmp_path: Path, called: str) -> None:
	result = office.disclosing.disclose(written(called), tmp_path / "out")
	assert result.leak_check.passed
	pdf, sheet = read_back(tmp_path / "out")
	for text in (pdf, sheet):
		assert "Jeans are not for the bench, nor is Jeannine" in " ".join(text.split())
		assert "112 Mill Lane" in " ".join(text.split())
		for secret in ("Jeannie:", "900123", "jean.potter", "JeanPotter", "JEAN\u2019S", "jean_drain", "Jean here"):
			assert squeezed(secret) not in squeezed(text)
	for path in (tmp_path / "out" / "DISCLOSURE").iterdir():
		assert b"jean.potter" not in everything(path.read_bytes()).lower()


def test_nobody_and_a_telling_stand_in_are_refused(office: Desk, tmp_path: Path) -> None:
	with pytest.raises(NotFound, match=r"redact\[0\]\.person names nobody"):
		office.disclosing.disclose(written("Sam Nobody"), tmp_path / "out")
	telling = written("Jean Potter", redact=[{"person": "Jean Potter", "exemption": "s40(2)", "stand_in": "Jean P"}])
	with pytest.raises(ProblemWithFile, match="stand_in holds words"):
		office.disclosing.disclose(telling, tmp_path / "out")


def by_hand(office: Desk) -> int:
	request = office.requests.create(regime="foi", received=NOW.date(), requester="Tom Green", wording="The drain")
	office.gathering.gather(request.id, MessageFilter())
	office.redacting.redact(request.id, "person", "Jean Potter", "s40(2)")
	return request.id


def test_a_name_that_comes_in_later_is_covered_too(office: Desk, tmp_path: Path) -> None:
	number = by_hand(office)
	later = CHAT + "03/11/2025, 08:00 - Lane Watch: It is flooding\n"
	office.importing.import_file(export(tmp_path, later, "later"), group=GROUP, phone="Phone 1")
	office.name("Lane Watch", "Jean Potter", "resident")
	[kept] = office.redacting.redactions(number)
	assert {*NAMES, "Lane Watch"} <= set(kept.names)
	assert kept.value == "Jean Potter"


def test_a_person_who_is_called_otherwise_stays_covered(office: Desk) -> None:
	number = by_hand(office)
	with office.archive.writing(standing_clock(NOW)()) as change:
		c = change.connection
		directory.rename(c, next(one.id for one in people.people(c) if one.name == "Jean Potter"), "Jean Marsh")
		change.record("renamed", {})
	[kept] = office.redacting.redactions(number)
	assert {*NAMES, "Jean Marsh"} <= set(kept.names)


def covering(office: Desk) -> CoveringPeople:
	return CoveringPeople(office.archive, CLOCK, People(office.archive, CLOCK, NameFindings()))


def test_every_place_is_listed_by_the_name_that_stands_there(office: Desk) -> None:
	found = covering(office).places(by_hand(office), "Jean Potter")
	listed = {form.name: [(one.where, one.words) for one in form.places] for form in found.forms}
	assert set(listed) == {"Jean Potter", "~ Jeannie", "+44 7700 900123", *NAMES[2:3], *NAMES[4:], "Potter"} - {
		"Potter"
	}
	assert listed["Jean"] == [
		("text", "Jean"),
		("text", "Jean"),
		("text", "JEAN"),
		("file", "jean"),
		("text", "Jean"),
	]
	assert ("text", "07700 900 123") in listed["+44 7700 900123"]
	assert ("text", "JeanPotter@example.org") in listed["Jean Potter"]
	assert [one.where for one in found.forms[0].places][:2] == ["sender", "sender"], "their own messages"
	assert found.count(ALL_TICKED) == sum(len(form.places) for form in found.forms if not form.offered)


def test_a_clash_with_somebody_else_is_left_readable(office: Desk, tmp_path: Path) -> None:
	request = office.requests.create(regime="foi", received=NOW.date(), requester="Tom Green", wording="The drain")
	office.gathering.gather(request.id, MessageFilter())
	office.name("Cllr Ashdown", "Cllr Jean Shaw", "Councillor")
	found = covering(office).places(request.id, "Jean Potter")
	clashes = [one for form in found.forms for one in form.places if one.spare]
	assert {(one.words, one.other) for one in clashes} == {("Jean", "Cllr Jean Shaw")}
	assert {one.where for one in clashes} == {"sender", "text"}
	ticks = found.first_ticks()
	assert set(ticks.phrases) == {"Cllr Jean Shaw"}
	covered = found.count(ticks)
	assert covered == found.count(ALL_TICKED) - len(clashes)
	office.redacting.redact(request.id, "person", "Jean Potter", "s40(2)", stand_in="Resident 1", ticks=ticks)
	office.deciding.decide(request.id, [row.id for row in office.rows()], "release")
	made = office.disclosing.make_pack(request.id)
	office.disclosing.place(request.id, made.pack_number, tmp_path / "out")
	text = " ".join(read_back(tmp_path / "out")[0].split())
	assert "Cllr Jean Shaw will look" in text
	assert "Thank you [Resident 1]" in text
	assert "[Resident 1] , resident" not in text, "what a covered person is would help to tell who"
	assert "Jean here" not in text
	views = office.deciding.requester_views(request.id, [row.id for row in office.rows()])
	assert sum(piece.is_label for view in views.values() for piece in view or ()) > 3


def test_one_place_that_means_somebody_else_is_left_until_its_message_changes(office: Desk) -> None:
	number = by_hand(office)
	[all_of_them] = office.redacting.redactions(number)
	office.redacting.remove_redaction(number, all_of_them.id)
	at = next(row for row in office.rows() if "Thank you Jean" in (row.text or ""))
	start = (at.text or "").index("Jean")
	ticks = Ticks(spared=(Spared(at.id, start, start + 4, "Jean"),), left=("12 mill lane", "07700 900123"))
	kept = office.redacting.redact(number, "person", "Jean Potter", "s40(2)", ticks=ticks)
	assert office.redacting.redactions(number) == [kept]
	assert not {"12 Mill Lane", "+44 7700 900123"} & set(kept.names)
	assert not find(at.text or "", (kept,), at.id)
	assert find(at.text or "", (kept,)), "the same words in another message are covered"
	assert find(f"Oh, {at.text}", (kept,), at.id), "an edited message is covered again"
	office.redacting.remove_redaction(number, kept.id)
	assert office.deciding.undo(number) is not None
	assert office.redacting.redactions(number) == [kept], "taken back with what was ticked"


def test_a_person_without_any_tick_or_with_a_telling_exception_is_refused(office: Desk) -> None:
	number = by_hand(office)
	for ticks in (Ticks(left=NAMES), Ticks(phrases=("Jean",)), Ticks(phrases=(" jean potter ",))):
		with pytest.raises(RefusedByPolicy):
			office.redacting.redact(number, "person", "Jean Potter", "s40(2)", ticks=ticks)
	with pytest.raises(NotFound):
		office.redacting.redact(number, "person", "Nobody Known", "s40(2)")


def test_office_holders_are_not_suggested_and_parts_of_names_are_offered(office: Desk) -> None:
	number = by_hand(office)
	office.name("Cllr Ashdown", "Jean Ashdown", "Councillor")
	[first, *_, last] = covering(office).people(number)
	assert (first, last) == (("Jean Potter", ""), ("Jean Ashdown", "Councillor"))
	found = covering(office).places(number, "Jean Ashdown")
	offered = {form.name: len(form.places) for form in found.forms if form.offered}
	assert set(offered) == {"Jean"}, "a title stands open too, and says nothing"
	assert found.count(found.first_ticks()) == 5
	assert found.count(Ticks(also=("Jean",))) == 5 + offered["Jean"]


def test_a_stand_in_is_kept_for_one_person_and_is_part_of_no_others_words(office: Desk) -> None:
	number = by_hand(office)
	assert office.redacting.next_stand_in(number, "Jean Potter") == "Resident 1"
	office.redacting.remove_redaction(number, office.redacting.redactions(number)[0].id)
	office.redacting.redact(number, "person", "Jean Potter", "s40(2)", stand_in="Resident 1")
	assert office.redacting.next_stand_in(number, "07700 900123") == "Resident 1"
	assert office.redacting.next_stand_in(number, "Cllr Ashdown") == "Resident 2"
	with pytest.raises(RefusedByPolicy, match="stands in place"):
		office.redacting.redact(number, "text", "resident", "s40(2)")
	office.redacting.remove_redaction(number, office.redacting.redactions(number)[0].id)
	office.redacting.redact(number, "text", "Resident", "s40(2)")
	assert office.redacting.next_stand_in(number, "Cllr Ashdown") == "Person 1"


def test_nothing_covered_is_said(office: Desk) -> None:
	number = by_hand(office)
	assert not office.redacting.nothing_covered(number)
	office.redacting.remove_redaction(number, office.redacting.redactions(number)[0].id)
	assert office.redacting.nothing_covered(number)


def test_who_may_be_the_same_person_is_said(council: Council) -> None:
	for path in sorted((resources() / "practice" / "exports").glob("*/*Thistlemere*")):
		council.importing.import_file(path, group="Councillors")
	guess = council.people.guesses()[0]
	assert guess.second in council.covering.maybe(guess.first)
	council.people.choose(guess.key, "same", guess.name or guess.first)
	assert guess.second not in council.covering.maybe(guess.first)
	assert guess.second in council.covering.names_of(guess.first)


WORDS = st.text("abcdeghjknoprstu", min_size=4, max_size=9).map(str.capitalize)


@given(
	name=WORDS,
	before=st.sampled_from(["", "see ", "(", "@", "\u2068", "IMG_", "-", "*", "Dear ", "1 "]),
	after=st.sampled_from(["", " is here", ")", "\u2069", "_2.jpg", "'s", "*", ".", ", yes", "!"]),
	dress=st.sampled_from([str, str.upper, str.lower, "\u200b".join, lambda one: one[0] + "\u0301" + one[1:]]),
)
def test_law_a_name_is_covered_as_a_whole_word_wherever_it_stands(
	name: str, before: str, after: str, dress: Any
) -> None:
	person = (Redaction(1, "person", name, "s40(2)", names=(name,)),)
	text = f"{before}{dress(name)}{after}"
	[covered] = find(text, person)
	assert dress(name) in text[covered.start : covered.end]
	assert find(f"{name}x", person) == ()
	assert find(f"x{name}", person) == ()


@pytest.mark.parametrize(
	("name", "text", "left"),
	[
		("Jo 🌻", "Jo 🌻", ""),
		("Jo 🌻", "I saw Jo there", "I saw  there"),
		("(Jean)", "(Jean)", ""),
		("Jean (clerk)", "Jean was here", " was here"),
		("Jean (clerk)", "Jean (clerk)", ""),
		("王伟", "王伟说好", "说好"),
		("김철수", "김철수는 왔다", "는 왔다"),
		("Ann", "annual, Ann's", "annual, 's"),
	],
)
def test_a_name_is_covered_with_its_signs_and_in_every_script(name: str, text: str, left: str) -> None:
	person = (Redaction(1, "person", name, "s40(2)", names=(name,)),)
	kept, at = "", 0
	for one in find(text, person):
		kept, at = kept + text[at : one.start], one.end
	assert kept + text[at:] == left


def test_a_role_is_the_one_on_the_day_and_changed_words_stop_the_pack(office: Desk, tmp_path: Path) -> None:
	office.name("Cllr Ashdown", "Ruth Ashdown", "Councillor")
	with office.archive.writing(CLOCK()) as change:
		person = next(one.id for one in people.people(change.connection) if one.name == "Ruth Ashdown")
		terms.put_term(change.connection, person, "Chair", None, date(2025, 11, 2))
		terms.put_term(change.connection, person, "Councillor", date(2025, 11, 3), None)
		change.record("kept terms", {})
	later = CHAT + "03/11/2025, 08:00 - Cllr Ashdown: Order placed\n"
	office.importing.import_file(export(tmp_path, later, "later"), group=GROUP, phone="Phone 1")
	number = by_hand(office)
	at = next(row for row in office.rows() if row.text == "Order placed")
	office.redacting.redact(number, "span", "", "s40(2)", message_id=at.id, start=0, end=5)
	office.deciding.decide(number, [row.id for row in office.rows()], "release")
	office.disclosing.place(number, office.disclosing.make_pack(number).pack_number, tmp_path / "out")
	text = " ".join(read_back(tmp_path / "out")[0].split())
	assert "Ruth Ashdown, Chair Thank you" in text
	assert "Ruth Ashdown, Councillor [" in text
	edited = later.replace("Order placed", "Order placed with Jean <This message was edited>")
	office.importing.import_file(export(tmp_path, edited, "edited"), group=GROUP, phone="Phone 2")
	with pytest.raises(RefusedByPolicy, match="changed since you decided"):
		office.disclosing.make_pack(number)
