"""The disclosure log: answered requests without those who asked, readable by people, screen readers and programs."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from lxml import html

from cranford_desktop.documents.disclosure_log import HEADS, LoggedRequest, render_log
from cranford_desktop.domain.disclosure import Piece
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import ProblemWithFile, RefusedByPolicy
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.disclosure_log import DisclosureLog
from tests.services.disclosure_support import NOW, desk
from tests.services.test_disclosing import written


def test_only_answered_requests_and_nobody_who_asked(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		log = DisclosureLog(office.archive, standing_clock(NOW), load())
		assert log.entries() == []
		first = office.disclosing.disclose(written(), tmp_path / "one")
		own = office.disclosing.disclose(written(reference="SAR-1", regime="sar"), tmp_path / "two")
		office.disclosing.disclose(written(reference="FOI-3"), tmp_path / "three")
		office.requests.mark_answered(first.request_id, date(2026, 11, 20))
		office.requests.mark_answered(own.request_id, date(2026, 11, 20))
		assert [one.reference for one in log.entries()] == ["FOI-2026-014"]
		with pytest.raises(ProblemWithFile):
			log.write(tmp_path / "one")
		files = log.write(tmp_path / "log")
		assert "disclosure log" in office.ledger()
	said = {path.suffix: path.read_bytes() for path in files}
	assert set(said) == {".html", ".csv", ".pdf"}
	page = pypdfium2.PdfDocument(said[".pdf"])[0].get_textpage().get_text_range()
	for words in (said[".html"].decode(), said[".csv"].decode(), page):
		assert "FOI-2026-014" in words
		for secret in ("Tom", "Green", "tom.green", "Potter"):
			assert secret not in words
	assert "Mill Lane" in page


def test_a_refusal_never_says_that_nothing_was_found(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		log = DisclosureLog(office.archive, standing_clock(NOW), load())
		request = office.requests.create(regime="foi", received=date(2026, 11, 2), requester="A", wording="The drain")
		office.gathering.gather(request.id, MessageFilter())
		office.requests.mark_answered(request.id, date(2026, 11, 20))
		[entry] = log.entries()
	told = {
		letter: render_log("C", [replace(entry, letter=letter)], date(2026, 11, 23), practice=False)[
			"disclosure-log.csv"
		]
		for letter in (None, "refusal", "cost", "vexatious", "ncnd", "not_held", "answer")
	}
	assert b"Neither confirmed nor denied" in told["ncnd"]
	assert b"section 12" in told["cost"]
	assert b"no messages were released" in told[None]
	assert not any(b"No messages found" in one for one in told.values())


def logged(wording: str) -> LoggedRequest:
	pieces = (Piece(wording), Piece("Redacted – personal data, s40(2)", is_label=True))
	return LoggedRequest("FOI-1", "foi", date(2026, 11, 2), date(2026, 11, 20), pieces, 12, 9, 2)


def test_the_page_has_what_a_screen_reader_needs() -> None:
	data = render_log("Cranford & Co", [logged("<script>x</script> & more")], date(2026, 11, 23), practice=False)
	tree = html.document_fromstring(data["disclosure-log.html"])
	assert tree.get("lang") == "en-GB"
	assert tree.findtext("head/title") == "Disclosure log, Cranford & Co"
	assert len(tree.findall(".//h1")) == len(tree.findall(".//main")) == len(tree.findall(".//caption")) == 1
	assert [one.text for one in tree.findall(".//thead//th")] == list(HEADS)
	assert {one.get("scope") for one in tree.findall(".//thead//th")} == {"col"}
	assert {one.get("scope") for one in tree.findall(".//tbody//th")} == {"row"}
	assert not tree.findall(".//script")
	assert "<script>x</script> & more[Redacted" in tree.findall(".//tbody//td")[3].text_content()
	assert not re.search(rb"https?://", data["disclosure-log.html"])


@pytest.mark.parametrize("wording", ["=1+1", "+44", "-3", "@x", "\tx"])
def test_nothing_in_the_csv_is_worked_out(wording: str) -> None:
	data = render_log("C", [logged(wording)], date(2026, 11, 23), practice=True)["disclosure-log.csv"]
	rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
	assert rows[0] == list(HEADS)
	assert rows[1][4].startswith(f"'{wording}")
	assert rows[1][2:4] == ["2026-11-02", "2026-11-20"]
	assert "9 of 12 messages released" in rows[1][5]


def test_the_same_content_gives_the_same_bytes_and_an_empty_log_says_so() -> None:
	made = [render_log("C", [], date(2026, 11, 23), practice=True) for _ in range(2)]
	assert made[0] == made[1]
	assert b"No request has been answered yet" in made[0]["disclosure-log.html"]
	assert b"PRACTICE" in made[0]["disclosure-log.html"]


def test_she_chooses_what_is_listed_and_how_it_is_said(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		log = DisclosureLog(office.archive, standing_clock(NOW), load())
		made = office.disclosing.disclose(written(), tmp_path / "one")
		own = office.disclosing.disclose(written(reference="SAR-1", regime="sar"), tmp_path / "two")
		for one in (made, own):
			office.requests.mark_answered(one.request_id, date(2026, 11, 20))
		[choice] = log.choices()
		assert (choice.request_id, choice.listed, choice.worded) == (made.request_id, True, False)
		log.word(made.request_id, " What the council\nsaid about the drain ")
		[choice] = log.choices()
		assert (choice.what, choice.worded) == ("What the council said about the drain", True)
		for names in ("What Tom Green asked", "What was said about Jean Potter", "Ring 07700 900123"):
			with pytest.raises(RefusedByPolicy, match="names who asked") as found:
				log.word(made.request_id, names)
			assert names not in str(found.value)
		assert log.choices()[0].what == "What the council said about the drain"
		log.choose(made.request_id, listed=False)
		assert log.entries() == []
		assert not log.choices()[0].listed
		log.choose(made.request_id, listed=True)
		log.word(made.request_id, "")
		assert not log.choices()[0].worded
		for act in (lambda: log.choose(own.request_id, listed=True), lambda: log.word(own.request_id, "Mine")):
			with pytest.raises(RefusedByPolicy, match="never in the disclosure log"):
				act()
		assert "drain" not in office.ledger()
