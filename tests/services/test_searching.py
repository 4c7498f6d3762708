"""A search finds exactly what a plain scan finds, says what else there is, and never fails."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.domain.messages import CATEGORIES, MessageFilter
from cranford_desktop.domain.search_form import SearchForm
from cranford_desktop.domain.searching import Facet
from cranford_desktop.errors import Cancelled, NotFound, RefusedByPolicy
from cranford_desktop.services.council import Council
from cranford_desktop.store import casebook
from tests.services import search_support as world
from tests.services.search_support import Whole, Word, everything, left, matches

VOCABULARY = (
	"drain drains drainage drained draining mill lane culvert culverts hedge flood floods cafe café ditches survey "
	"brickwork sluice fenwick quotation birthday brother pdf docx don't noël dry is the nothing 4"
).split()
WORDS = st.sampled_from(VOCABULARY).map(lambda word: (word,))
PHRASES = st.lists(st.sampled_from(VOCABULARY), min_size=2, max_size=2).map(tuple)
BEGINNINGS = st.sampled_from(("dra", "drain", "cul", "fl", "quo", "slu", "survey", "x")).map(lambda one: (one,))
TERMS = st.one_of(
	st.builds(Word, WORDS, st.booleans(), st.just(False), st.just(False)),
	st.builds(Word, PHRASES, st.booleans(), st.just(False), st.just(False)),
	st.builds(Word, BEGINNINGS, st.booleans(), st.just(True), st.just(False)),
	st.builds(Word, st.sampled_from((("👍",), ("👍👍",))), st.booleans(), st.just(False), st.just(True)),
)
SEARCHES = st.lists(st.lists(TERMS, min_size=1, max_size=3), min_size=0, max_size=3)
FILTERS = st.fixed_dictionaries(
	{},
	optional={
		"group": st.sampled_from(("Councillors", "Allotments", "nowhere")),
		"person": st.sampled_from(("Ann", "Ben Farrow", "Benjamin", "Cara Sample", "+44 7700 900123", "nobody")),
		"role": st.sampled_from(("clerk", "chair", "plot holder", "mayor")),
		"start": st.sampled_from((date(2024, 11, 3), date(2024, 11, 5))),
		"end": st.sampled_from((date(2024, 11, 3), date(2024, 11, 4))),
		"holding": st.lists(
			st.sampled_from(("photo", "voice", "document", "link", "location", "edited", "deleted", "video")),
			min_size=1,
			max_size=2,
		).map(tuple),
		"category": st.sampled_from(CATEGORIES).map(lambda one: (one,)),
		"tag": st.just(("Flooding",)),
		"phone": st.sampled_from(("Clerk's phone", "Ben's phone", "no phone")),
		"without_personal": st.booleans(),
		"exact": st.booleans(),
		"dropped": st.sampled_from(((), ("drainage",), ("drains", "floods"), ("lane",), ("culvert", "culverts"))),
	},
)


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
	made = world.council_with_everything(tmp_path_factory.mktemp("search"))
	yield made
	made.close()


@pytest.fixture(scope="module")
def whole(council: Council) -> list[Whole]:
	return everything(council)


def written(alternatives: Sequence[Sequence[Word]]) -> str:
	return " OR ".join(" ".join(map(str, terms)) for terms in alternatives)


@given(SEARCHES, FILTERS)
@settings(max_examples=400, deadline=None)
def test_a_search_finds_what_a_plain_scan_finds(
	council: Council, whole: list[Whole], alternatives: list[list[Word]], narrowed: dict[str, Any]
) -> None:
	wanted = MessageFilter(search=written(alternatives), **narrowed)
	expected = [one.row.id for one in whole if matches(one, alternatives, wanted) and left(one, wanted)]
	assert council.searching.ids(wanted).tolist() == expected
	assert council.searching.count(wanted) == len(expected)
	by_time = {one.row.id: (one.row.sent_at, one.row.group_id, one.row.position) for one in whole}
	newest = sorted(expected, key=by_time.__getitem__, reverse=True)
	assert council.searching.ids(wanted, newest_first=True).tolist() == newest
	for oldest_first, whole_list in ((False, newest), (True, newest[::-1])):
		paged: list[int] = []
		after = None
		while True:
			page = council.searching.page(wanted, after=after, limit=3, oldest_first=oldest_first)
			paged += [row.id for row in page.rows]
			after = page.after
			if after is None:
				break
		assert paged == whole_list


@given(SEARCHES, FILTERS)
@settings(max_examples=60, deadline=None)
def test_the_counts_beside_the_filters_are_what_they_would_leave(
	council: Council, whole: list[Whole], alternatives: list[list[Word]], narrowed: dict[str, Any]
) -> None:
	wanted = MessageFilter(search=written(alternatives), **narrowed)
	values: dict[Facet, tuple[str, ...]] = {
		"group": ("Councillors", "Allotments"),
		"person": ("Ann", "Ben Farrow", "Benjamin", "Cara Sample", "+44 7700 900123"),
		"role": ("clerk", "chair", "plot holder"),
		"holding": ("photo", "video", "voice", "document", "contact", "link", "poll", "location", "edited", "deleted"),
		"category": CATEGORIES,
		"tag": ("Flooding",),
		"phone": ("Clerk's phone", "Ben's phone"),
	}
	counted = council.searching.facets(wanted)
	for facet, several in values.items():
		expected = {}
		for value in several:
			chosen: dict[str, Any] = {facet: (value,) if facet in {"holding", "category", "tag"} else value}
			one = replace(wanted, **chosen)
			messages = sum(matches(each, alternatives, one) and left(each, one) for each in whole)
			if messages:
				expected[value] = messages
		assert {one.value: one.messages for one in counted[facet]} == expected, facet


def adversarial(chance: random.Random) -> str:
	pieces = [
		*("don't", "(", ")", "a AND", "-x", "OR", "NOT", "AND", '"', "“", "*", "^", "+", "NEAR(", "normal:", "{", ":"),
		*(
			"👍",
			"👨\u200d👩\u200d👧",
			"\u200e",
			"\x00",
			"\ud800",
			"ﬁ",
			"İ",
			"ß",
			"½",
			"\U0001e900",
			"--",
			"''",
			";",
			"%",
		),
		*("mill lane", "Breeder's and …", "a" * 300, "é" * 50, "-", "−drain", '-"', "\n", "\t", "SELECT", "1", "?"),
		*("drain", "\\", "_", "culvert", "hedge"),
	]
	return chance.choice(("", " ")).join(chance.choices(pieces, k=chance.randint(0, 12)))


def ask_everything(council: Council, words: str) -> None:
	wanted = MessageFilter(search=words, exact=len(words) % 5 == 0, dropped=("drains",) if len(words) % 3 == 0 else ())
	found = council.searching.ids(wanted)
	page = council.searching.page(wanted)
	assert [row.id for row in page.rows] == council.searching.ids(wanted, newest_first=True)[:50].tolist()
	for row in page.rows[:3]:
		council.searching.highlights(row.text or "", wanted)
	form = council.searching.form(words)
	if form is not None:
		assert set(council.searching.ids(replace(wanted, search=council.searching.written(form)))) == set(found)
	if not found:
		nothing = council.searching.nothing_found(wanted)
		assert len(nothing.ideas) + len(nothing.hints) >= 3
		assert all(one.messages > 0 for one in nothing.ideas)


def test_no_search_fails_or_says_nothing(council: Council) -> None:
	chance = random.Random(11)  # noqa: S311 (the same searches every time)
	for words in ("don't", "(", "a AND", "-x", "-", "NOT ''", "👍", "Breeder's and …", '"', "", "OR OR", "-mill -lane"):
		ask_everything(council, words)
	for _ in range(150):
		ask_everything(council, adversarial(chance))


@pytest.mark.slow
def test_ten_thousand_searches_never_fail(council: Council) -> None:
	chance = random.Random(12)  # noqa: S311 (the same searches every time)
	for _ in range(10_000):
		ask_everything(council, adversarial(chance))


@pytest.mark.parametrize(
	"words",
	[
		" ".join(f"word{number}" for number in range(3000)),
		" OR ".join(f"word{number}" for number in range(3000)),
		" ".join(f"-word{number}" for number in range(3000)),
		" ".join(f"word{number}*" for number in range(1500)),
		" ".join(chr(0x1F300 + number) for number in range(700)),
		" OR ".join(chr(0x1F300 + number) for number in range(700)),
	],
	ids=["all of", "any of", "none of", "beginnings", "signs", "any sign"],
)
def test_a_whole_page_pasted_into_the_search_is_answered(council: Council, words: str) -> None:
	council.searching.ids(MessageFilter(search=words))
	council.searching.page(MessageFilter(search=words))


@given(st.builds(SearchForm, *[st.lists(st.sampled_from([*VOCABULARY, "OR", "-hedge"]), max_size=3).map(" ".join)] * 4))
@settings(max_examples=100, deadline=None)
def test_a_form_is_written_as_a_search_and_read_back(council: Council, form: SearchForm) -> None:
	search = council.searching.written(form)
	again = council.searching.form(search)
	if again is not None:
		assert set(council.searching.ids(MessageFilter(search=council.searching.written(again)))) == set(
			council.searching.ids(MessageFilter(search=search))
		)


def test_four_boxes_say_what_they_mean(council: Council) -> None:
	form = SearchForm(all_of="hedge", any_of="mill lane", none_of="birthday", exactly="by the")
	search = council.searching.written(form)
	assert search == 'hedge "by the" mill -birthday OR hedge "by the" lane -birthday'
	assert council.searching.form(search) == form
	assert council.searching.form("mill lane OR hedge culvert") is None


def test_other_words_of_the_same_stem_are_named_with_their_counts(council: Council) -> None:
	(forms,) = council.searching.forms("drain")
	assert forms.word == "drain"
	assert ("drained", 2) in {(one.value, one.messages) for one in forms.others}
	for one in forms.others:
		assert len(council.searching.ids(MessageFilter(search=one.value, exact=True))) == one.messages
	(less,) = council.searching.forms("drain", ("drained",))
	assert less.dropped == ("drained",)
	assert "drained" not in {one.value for one in less.others}
	assert council.searching.forms('👍 -drain "') == ()


def test_words_that_stand_with_the_hits_and_near_spellings_are_offered(council: Council) -> None:
	found = council.searching.ideas(MessageFilter(search="mill lane"))
	assert {"mill ln", "mil lane"} <= {one.words for one in found if one.why == "spelling"}
	for one in found:
		assert one.messages == council.searching.count(one.wanted) - council.searching.count(
			MessageFilter(search="mill lane")
		)
		assert one.messages > 0


def test_typical_words_are_told_apart_from_common_ones(tmp_path: Path, council: Council) -> None:
	chat = "".join(
		f"02/11/2024, 09:{number % 60:02d} - Ann: " + text + "\n"
		for number, text in enumerate(
			["Mill Lane under water, the culvert again in November"] * 6
			+ ["The culvert needs a clean"] * 9
			+ ["Please bring the minutes to the meeting in November"] * 60
		)
	)
	typical = world.export(tmp_path / "Typical.zip", chat)
	taken = council.importing.import_file(typical, group="Typical", phone="Clerk's phone")
	found = council.searching.ideas(MessageFilter(search='"mill lane"', group="Typical"))
	assert [(one.words, one.messages) for one in found if one.why == "together"] == [("culvert", 9)]
	council.importing.undo(taken.export_id or 0)


def test_nothing_found_says_what_was_tried_and_what_to_try(council: Council) -> None:
	wanted = MessageFilter(
		search="mill lane sluices", group="Allotments", end=date(2024, 11, 1), exact=True, without_personal=True
	)
	nothing = council.searching.nothing_found(wanted)
	assert nothing.ideas == ()
	assert len(nothing.hints) >= 3
	nothing = council.searching.nothing_found(MessageFilter(search="mill brickworks ponds", group="Allotments"))
	whys = {one.why for one in nothing.ideas}
	assert {"fewer_words", "any_word"} <= whys
	assert all(council.searching.count(one.wanted) == one.messages > 0 for one in nothing.ideas)
	assert [one.word for one in nothing.tried] == ["mill", "brickworks", "ponds"]
	personal = council.searching.nothing_found(MessageFilter(search="birthday", without_personal=True))
	assert "personal" in {one.why for one in personal.ideas}


def test_a_file_is_found_by_its_words_its_name_and_its_gist(council: Council) -> None:
	def found(words: str) -> list[tuple[str, str | None]]:
		wanted = MessageFilter(search=words)
		ids = council.searching.ids(wanted)
		return [
			(one.where, one.name) for several in council.searching.found_in(ids, wanted).values() for one in several
		]

	assert found("brickwork") == [("file", "survey.pdf")]
	assert found("drainage brickwork") == [("file", "survey.pdf")]
	assert found("fenwick") == [("file", "quote.docx")]
	assert found('"survey pdf"') == [("file_name", "survey.pdf")]
	assert found("sluice") == [("gist", "PTT-20241103-WA0001.opus")]
	assert [one for one in found("dry") if one[0] == "version"] == [("version", None)]


def test_what_was_not_searched_is_counted(council: Council) -> None:
	said = council.searching.not_searched(MessageFilter(search="hedge"))
	assert (said.photos, said.voice_notes, said.videos, said.documents, said.waiting) == (1, 0, 0, 1, 0)
	assert council.searching.not_searched(MessageFilter(search="culvert")).beside_hits == 1
	assert council.searching.not_searched(MessageFilter(search="hedge", group="Allotments")).photos == 0


def test_searches_are_kept_under_names(council: Council) -> None:
	wanted = MessageFilter(
		search="Mill Lane", exact=True, dropped=("lanes",), start=date(2024, 11, 3), holding=("photo", "link"),
		tag=("Flooding",), role="clerk", phone="Ben's phone", category=("council",), without_personal=True,
	)  # fmt: skip
	kept = council.searching.save("  Mill Lane ", wanted)
	assert council.searching.saved() == [kept]
	assert kept.wanted == wanted
	again = council.searching.save("MILL LANE", MessageFilter(search="mill"))
	assert again.id == kept.id
	other = council.searching.save("Hedges", MessageFilter(search="hedge"))
	assert [one.name for one in council.searching.saved()] == ["Hedges", "MILL LANE"]
	with pytest.raises(RefusedByPolicy):
		council.searching.rename(other.id, "mill lane")
	with pytest.raises(RefusedByPolicy):
		council.searching.save(" ", wanted)
	council.searching.rename(other.id, "All hedges")
	assert [one.name for one in council.searching.saved()] == ["All hedges", "MILL LANE"]
	for one in council.searching.saved():
		council.searching.forget(one.id)
	assert council.searching.saved() == []
	with pytest.raises(NotFound):
		council.searching.forget(other.id)
	with council.archive.reading() as c:
		noted = " ".join(row[0] for row in c.exec_driver_sql("SELECT detail FROM ledger"))
	assert "hedge" not in noted.casefold()
	assert "mill" not in noted.casefold()


def test_reading_files_can_be_stopped_and_goes_on(tmp_path: Path) -> None:
	council = world.council_with_everything(tmp_path)
	files = {f"plan {number}.pdf": world.pdf(f"sheet number{number}") for number in range(3)}
	chat = "".join(f"09/11/2024, 09:0{number} - Ann: {name} (file attached)\n" for number, name in enumerate(files))
	council.importing.import_file(world.export(tmp_path / "Plans.zip", chat, files), group="Plans", phone="Clerk")
	assert council.searching.waiting() == 3
	asked = iter((False, True, True, True))
	with pytest.raises(Cancelled):
		council.searching.read_files(stopped=lambda: next(asked, True))
	assert council.searching.waiting() == 2
	assert council.searching.not_searched(MessageFilter()).waiting == 2
	assert council.searching.read_files().read == 2
	assert council.searching.count(MessageFilter(search="number1")) == 1
	council.close()


def test_the_words_of_a_file_go_with_the_import_that_showed_it(tmp_path: Path) -> None:
	council = world.council_with_everything(tmp_path)
	with council.archive.writing(council.clock()) as change:
		c = change.connection
		photo = c.exec_driver_sql("SELECT file_id FROM observation WHERE media_name LIKE '%.jpg'").scalar_one()
		c.exec_driver_sql("INSERT INTO thumbnail VALUES(?, 160, x'00')", (photo,))
		change.record("test", {})
	first = next(one for one in council.importing.receipts() if one.media_present)
	council.importing.undo(first.export_id or 0)
	with council.archive.reading() as c:
		for table in ("file_text", "thumbnail", "listened"):
			assert c.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() == 0  # noqa: S608 (our own names)
		assert c.exec_driver_sql("SELECT count(*) FROM file_term").scalar_one() == 0
	assert council.searching.count(MessageFilter(search="brickwork")) == 0
	assert council.safekeeping.verify().problems == ()
	council.close()


def test_a_search_in_a_request_records_every_filter_and_finds_personal_messages(tmp_path: Path) -> None:
	council = world.council_with_everything(tmp_path)
	request = council.requests.create(
		regime="foi", received=date(2026, 11, 2), requester="Alex Example", wording="Everything"
	)
	wanted = MessageFilter(
		search="birthday", exact=True, holding=("link", "photo"), role="chair", phone="Clerk's phone",
		category=("council", "personal"), tag=("Flooding",), dropped=("birthdays",), without_personal=True,
	)  # fmt: skip
	record = council.gathering.gather(request.id, wanted)
	assert record.words == (
		"birthday, words exactly as typed, without the word birthdays, sent by somebody who was chair on the day,"
		" holding a link or a photo, of the kind council or personal, tagged Flooding, as on Clerk's phone"
	)
	found = council.gathering.gather(request.id, MessageFilter(search="birthday", without_personal=True))
	assert found.found == 1
	with council.archive.reading() as c:
		kept = casebook.request(c, request.id).include
	assert kept == (replace(wanted, without_personal=False), MessageFilter(search="birthday"))
	council.close()


def test_a_name_that_is_looked_for_offers_what_its_bearer_wrote(council: Council) -> None:
	ben = council.people.name_sender("Ben Farrow", "Cllr Ben Farrow", None)
	council.people.name_sender("Benjamin", "Cllr Ben Farrow", None)
	assert ben
	[idea] = [one for one in council.searching.ideas(MessageFilter(search="ben")) if one.why == "sender"]
	assert (idea.words, idea.wanted) == ("Cllr Ben Farrow", MessageFilter(person="Cllr Ben Farrow"))
	assert idea.messages == council.searching.count(idea.wanted) > 0
	nothing = council.searching.nothing_found(MessageFilter(search="sample cara", group="Allotments"))
	assert nothing.ideas[0].wanted == MessageFilter(person="Cara Sample", group="Allotments")
	for words in ("-ben", "ben OR cara", "b*", "👍"):
		assert not any(one.why == "sender" for one in council.searching.ideas(MessageFilter(search=words)))
	own = MessageFilter(search="ben", person="Cllr Ben Farrow")
	assert not any(one.why == "sender" for one in council.searching.ideas(own))


def test_a_month_that_is_looked_for_offers_the_other_words_in_it(council: Council) -> None:
	nothing = council.searching.nothing_found(MessageFilter(search="Culvert november 2024"))
	[idea] = [one for one in nothing.ideas if one.why == "month"]
	meant = MessageFilter(search="culvert", start=date(2024, 11, 1), end=date(2024, 11, 30))
	assert (idea.words, idea.wanted) == ("“culvert” in November 2024", meant)
	assert idea.messages == council.searching.count(meant) > 0
	for words in ("culvert december", "november", "culvert november 2023", "culvert nov dec"):
		found = council.searching.nothing_found(MessageFilter(search=words)).ideas
		assert not any(one.why == "month" for one in found)
