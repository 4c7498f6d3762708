"""Packs end to end: nothing removed can be read in any byte, a failed check makes none, the archive keeps each one."""

import io
import json
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import page
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import Cancelled, CranfordError, NotFound, ProblemWithFile, RefusedByPolicy
from cranford_desktop.services.written_request import parse_request
from tests.services.disclosure_support import CHAT, COUNCIL, GROUP, SECRETS, Desk, desk, export


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
	with desk(tmp_path) as made:
		yield made


def written(**changes: Any) -> dict[str, Any]:
	request: dict[str, Any] = {
		"reference": "FOI-2026-014",
		"regime": "foi",
		"received": "2026-11-02",
		"requester": "Mr Tom Green <tom.green@example.org>",
		"wording": "I am Tom Green (tom.green@example.org). Send all about Mill Lane and Jean Potter.",
		"include": [{"group": GROUP}],
		"decisions": [
			{"search": "solicitor", "decision": "withhold", "exemption": "s 42", "reason": "Advice was asked for."},
			{"search": "birthday", "decision": "not_held"},
		],
		"redact": [
			{"text": "Jean Potter", "exemption": "S40(2)", "stand_in": "Resident 1"},
			{"text": "Jean", "exemption": "40(2)"},
			{"text": "Potter", "exemption": "s.40 (2)"},
			{"text": "14 Mill Lane", "exemption": "s40(2)"},
			{"pattern": "phone", "exemption": "s40(2)"},
			{"text": "07700 900123", "exemption": "s40(2)", "reason": "A private number."},
		],
	}
	return {**request, **changes}


def pdf_text(data: bytes) -> str:
	document = pypdfium2.PdfDocument(data)
	return "\n".join(document[page].get_textpage().get_text_range() for page in range(len(document)))


def everything(data: bytes) -> bytes:
	"""Return a file's bytes with every stream and member inside it unpacked."""
	parts = [data]
	if data[:2] == b"PK":
		with zipfile.ZipFile(io.BytesIO(data)) as members:
			parts += [members.read(name) for name in members.namelist()]
	for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
		try:
			parts.append(zlib.decompressobj().decompress(stream))
		except zlib.error:
			continue
	return b"\n".join(parts)


def squeezed(text: str) -> str:
	return re.sub(r"[\s\u00ad\u200b-\u200f\u2060\u202f\u00a0()\-.+]", "", text).casefold()


def read_back(folder: Path) -> tuple[str, str]:
	"""Return the words of the pack's PDF and of its workbook, read by other programs' libraries."""
	pdf = next((folder / "DISCLOSURE").glob("*.pdf"))
	sheet = next((folder / "DISCLOSURE").glob("*.xlsx"))
	book = openpyxl.load_workbook(sheet)
	cells = [str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
	assert all(page.sheet_state == "visible" for page in book)
	return pdf_text(pdf.read_bytes()), "\n".join(cells)


def test_a_written_request_becomes_a_pack_in_which_nothing_removed_can_be_read(office: Desk, tmp_path: Path) -> None:
	out = tmp_path / "out"
	result = office.disclosing.disclose(written(), out)
	assert result.leak_check.passed
	assert result.messages == len(office.rows()) == 13
	assert (result.withheld, result.not_held, result.not_in_scope, result.undecided_media) == (1, 1, 0, 3)
	assert result.released + result.withheld + result.not_in_scope + result.not_held + result.undecided_media == 13
	assert 0 < result.redacted <= result.released
	pdf, cells = read_back(out)
	for words in (pdf, cells):
		for secret in (*SECRETS, "7700900123", "Potter", "Jean", "960123", "solicitor", "birthday", "Tom", "Green"):
			assert squeezed(secret) not in squeezed(words), secret
		assert "culvert" in words
		assert "Resident 1" in words
	for path in (out / "DISCLOSURE").iterdir():
		data = everything(path.read_bytes())
		for secret in (
			"7700900123",
			"900123",
			"Potter",
			"otter",
			"tom.green",
			"Green",
			"solicitor",
			"CANARY",
			"IMG-2025",
		):
			assert secret.encode() not in data, (path.name, secret)
			assert secret.encode("utf-16-be") not in data
	assert sorted(one.path for one in result.files) == sorted(
		str(path.relative_to(out)).replace("\\", "/") for path in out.rglob("*") if path.is_file()
	)
	assert {path.name for path in out.iterdir()} == {"DISCLOSURE", "INTERNAL"}


def test_the_manifest_lists_what_goes_out_and_nothing_else(office: Desk, tmp_path: Path) -> None:
	result = office.disclosing.disclose(written(), tmp_path / "out")
	manifest = json.loads((tmp_path / "out" / "DISCLOSURE" / "manifest.json").read_text(encoding="utf-8"))
	assert manifest["council"] == COUNCIL
	assert manifest["reference"] == "FOI-2026-014"
	digests = {one.path: one.sha256 for one in result.files}
	assert {f"DISCLOSURE/{one['path']}": one["sha256"] for one in manifest["released_files"]}.items() <= digests.items()
	assert len(manifest["released_files"]) == 2


def test_the_internal_log_keeps_who_asked_and_why(office: Desk, tmp_path: Path) -> None:
	office.disclosing.disclose(written(), tmp_path / "out")
	book = next((tmp_path / "out" / "INTERNAL").glob("*.xlsx"))
	cells = "\n".join(
		str(cell.value)
		for page in openpyxl.load_workbook(book)
		for row in page.iter_rows()
		for cell in row
		if cell.value is not None
	)
	for words in ("Tom Green", "Advice was asked for.", "A private number.", "s42"):
		assert words in cells


def test_what_nobody_gave_is_listed_as_not_recorded(office: Desk, tmp_path: Path) -> None:
	bare = written(
		requester="",
		decisions=[{"search": "solicitor", "decision": "withhold"}],
		redact=[{"text": "Jean", "exemption": "s40(2)"}],
	)
	result = office.disclosing.disclose(bare, tmp_path / "out")
	told = "\n".join(result.not_recorded)
	for word in ("requester", "exemption", "reason"):
		assert word in told
	assert result.withheld == 1
	full = office.disclosing.disclose(written(reference="FOI-2026-015"), tmp_path / "full")
	assert "requester" not in "\n".join(full.not_recorded)


def test_the_later_decision_wins_and_reaches_the_set_only(office: Desk, tmp_path: Path) -> None:
	party = office.id_of("birthday")
	request = written(
		include=[{"search": "culvert OR solicitor"}],
		decisions=[
			{"search": "culvert", "decision": "not_in_scope"},
			{"message": office.id_of("Order for"), "decision": "release"},
			{"message": party, "decision": "withhold", "exemption": "s42"},
		],
	)
	result = office.disclosing.disclose(request, tmp_path / "out")
	assert (result.messages, result.released, result.not_in_scope, result.withheld) == (4, 2, 2, 0)


def test_withholding_beats_redacting(office: Desk, tmp_path: Path) -> None:
	request = written(decisions=[{"search": "potter OR jean", "decision": "withhold", "exemption": "s40(2)"}])
	result = office.disclosing.disclose(request, tmp_path / "out")
	assert result.withheld == 5
	assert "Resident 1" in read_back(tmp_path / "out")[0]  # in the wording of the request


def test_a_released_photo_is_drawn_anew_and_other_files_are_listed(office: Desk, tmp_path: Path) -> None:
	request = written(
		decisions=[
			{"message": office.id_of("The culvert, seen"), "decision": "release"},
			{"message": office.id_of("complaint.pdf"), "decision": "release"},
		]
	)
	result = office.disclosing.disclose(request, tmp_path / "out")
	assert result.undecided_media == 1
	pdf = next((tmp_path / "out" / "DISCLOSURE").glob("*.pdf")).read_bytes()
	assert any(
		item.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
		for page in pypdfium2.PdfDocument(pdf)
		for item in page.get_objects()
	)
	assert b"CANARY" not in everything(pdf)
	assert "complaint.pdf" in pdf_text(pdf)
	assert "Potter" not in pdf_text(pdf)


def test_the_same_document_supersedes_and_another_is_refused(office: Desk, tmp_path: Path) -> None:
	first = office.disclosing.disclose(written(), tmp_path / "one")
	again = office.disclosing.disclose(written(), tmp_path / "two")
	assert (first.pack_number, again.pack_number) == (1, 2)
	assert first.request_id == again.request_id
	assert [(one.number, one.superseded) for one in office.disclosing.packs(first.request_id)] == [
		(2, False),
		(1, True),
	]
	other = written(wording="Only the culvert.")
	with pytest.raises(RefusedByPolicy, match="written differently"):
		office.disclosing.disclose(other, tmp_path / "three")
	assert not (tmp_path / "three").exists()
	assert office.disclosing.disclose({**other, "supersede": True}, tmp_path / "three").pack_number == 3
	assert office.requests.get(first.request_id).wording == "Only the culvert."
	kept = office.requests.get(first.request_id)
	assert kept.set_confirmed
	assert kept.undecided == 0
	assert len(office.redacting.redactions(first.request_id)) == 6


def test_the_same_state_gives_the_same_bytes(office: Desk, tmp_path: Path) -> None:
	one = office.disclosing.disclose(written(), tmp_path / "one")
	two = office.disclosing.disclose(written(reference="FOI-2026-014", supersede=True), tmp_path / "two")
	number = re.compile(rb"Pack number|It replaces")
	assert number.search(everything((tmp_path / "one" / "DISCLOSURE" / "FOI-2026-014.pdf").read_bytes())) is None
	sheets = [{f.path: f.sha256 for f in made.files if f.path.endswith("schedule.xlsx")} for made in (one, two)]
	assert sheets[0].keys() == sheets[1].keys()
	with desk(tmp_path / "elsewhere") as other:
		same = other.disclosing.disclose(written(), tmp_path / "same")
	released = [{f.path: f.sha256 for f in made.files if f.path.startswith("DISC")} for made in (one, same)]
	assert released[0] == released[1]


def test_a_short_and_a_long_secret_leave_no_trace_of_their_length(tmp_path: Path) -> None:
	made = []
	for at, name in enumerate(("Jo Ax", "Wilhelmina Featherstonehaugh")):
		folder = tmp_path / str(at)
		folder.mkdir()
		with desk(folder, f"02/11/2025, 09:01 - Cllr Ashdown: Ask {name} about the drain\n") as office:
			request = written(
				wording="The drain", redact=[{"text": name, "exemption": "s40(2)", "reason": "r"}], decisions=[]
			)
			result = office.disclosing.disclose(request, folder / "out")
			made.append({one.path: one.sha256 for one in result.files if one.path.startswith("DISCLOSURE")})
	assert made[0] == made[1]


def test_a_failed_leak_check_makes_no_pack_and_changes_nothing(office: Desk, tmp_path: Path) -> None:
	before = office.ledger()
	request = written(redact=[{"text": COUNCIL, "exemption": "s40(2)"}])
	with pytest.raises(RefusedByPolicy, match="leak check") as refused:
		office.disclosing.disclose(request, tmp_path / "out")
	assert "Thistlemere" not in str(refused.value)
	assert not (tmp_path / "out").exists()
	assert office.ledger() == before
	assert office.requests.requests() == []
	with office.archive.reading() as connection:
		assert connection.exec_driver_sql("SELECT count(*) FROM sealed_file WHERE purpose = 'pack'").scalar() == 0
		held = {row[0] for row in connection.exec_driver_sql("SELECT file_name FROM sealed_file")}
	assert {path.name for path in (office.archive.folder / "files").iterdir()} == held


def test_the_folder_must_be_new_or_empty_and_outside_the_archive(office: Desk, tmp_path: Path) -> None:
	out = tmp_path / "out"
	out.mkdir()
	(out / "note.txt").write_text("mine")
	for folder in (out, out / "note.txt", out / "note.txt" / "pack", office.archive.folder / "files" / "pack"):
		with pytest.raises(ProblemWithFile):
			office.disclosing.disclose(written(), folder)
	assert office.requests.requests() == []
	assert [path.name for path in out.iterdir()] == ["note.txt"]


@pytest.mark.parametrize(
	("changes", "named"),
	[
		({"regime": "gdpr"}, "regime"),
		({"received": "02/11/2026"}, "received"),
		({"received": "2026-02-30"}, "received"),
		({"received": "2026-11-24"}, "received"),
		({"received": 20261102}, "received"),
		({"reference": ""}, "reference"),
		({"reference": "a\nb"}, "reference"),
		({"include": {}}, "include"),
		({"include": []}, "include"),
		({"include": [{"serach": "x"}]}, r"include\[0\].serach"),
		({"include": [{"group": "Nobody"}]}, r"include\[0\].group"),
		({"include": [{"person": "Nobody"}]}, r"include\[0\].person"),
		({"include": [{"search": ""}]}, r"include\[0\].search"),
		({"include": [{"search": None}]}, r"include\[0\].search"),
		({"include": [{"from": "2026-02-01", "to": "2026-01-01"}]}, r"include\[0\].from"),
		({"decisions": [{"search": "x", "message": 1, "decision": "release"}]}, r"decisions\[0\]"),
		({"decisions": [{"search": "x", "decision": "burn"}]}, r"decisions\[0\].decision"),
		({"decisions": [{"message": True, "decision": "release"}]}, r"decisions\[0\].message"),
		({"decisions": [{"message": 999999, "decision": "release"}]}, r"decisions\[0\].message"),
		({"decisions": [{"search": "x", "decision": "withhold", "exemption": "s99"}]}, r"decisions\[0\].exemption"),
		({"redact": [{"text": "x"}]}, r"redact\[0\].exemption"),
		({"redact": [{"text": "", "exemption": "s40(2)"}]}, r"redact\[0\].text"),
		({"redact": [{"text": "a", "pattern": "phone", "exemption": "s40(2)"}]}, r"redact\[0\]"),
		({"redact": [{"pattern": "names", "exemption": "s40(2)"}]}, r"redact\[0\].pattern"),
		({"redact": [{"text": "a", "exemption": "s40(2)", "stand_in": "x" * 25}]}, r"redact\[0\].stand_in"),
		({"redact": [{"text": "abc", "exemption": "s40(2)", "stand_in": "ABC 1"}]}, r"redact\[0\].stand_in"),
		({"supersede": "yes"}, "supersede"),
		({"colour": "red"}, "colour"),
		({"requester": 7}, "requester"),
		({"wording": "\ud800"}, "wording"),
	],
)
def test_a_written_request_is_refused_by_the_key_that_is_wrong(
	office: Desk, tmp_path: Path, changes: dict[str, Any], named: str
) -> None:
	with pytest.raises(CranfordError, match=named) as refused:
		office.disclosing.disclose(written(**changes), tmp_path / "out")
	assert refused.value.safe
	assert office.requests.requests() == []
	assert not (tmp_path / "out").exists()


def test_a_missing_key_is_named(office: Desk, tmp_path: Path) -> None:
	for key in ("reference", "regime", "received", "requester", "wording", "include"):
		short = {name: value for name, value in written().items() if name != key}
		with pytest.raises(ProblemWithFile, match=f"{key} is missing"):
			office.disclosing.disclose(short, tmp_path / "out")
	for nonsense in (None, [], "text", 3):
		with pytest.raises(ProblemWithFile):
			office.disclosing.disclose(nonsense, tmp_path / "out")


def by_hand(office: Desk) -> int:
	request = office.requests.create(
		regime="eir", received=date(2026, 11, 2), requester="Alex Example", wording="All about Mill Lane"
	)
	office.gathering.gather(request.id, MessageFilter(search="mill OR culvert OR number OR added"))
	for text in ("Jean", "Potter", "14 Mill Lane", "07700 900123", "01632 960123"):
		office.redacting.redact(request.id, "text", text, "reg 13")
	return request.id


def test_a_pack_made_by_hand_says_what_the_requesters_view_said(office: Desk, tmp_path: Path) -> None:
	number = by_hand(office)
	with pytest.raises(RefusedByPolicy, match="no decision yet"):
		office.disclosing.make_pack(number)
	ids = [one.row.id for one in office.deciding.candidates(number)]
	office.deciding.decide(number, ids, "release")
	views = [office.deciding.requester_view(number, one) for one in ids]
	result = office.disclosing.make_pack(number)
	assert office.requests.get(number).packs == 1
	placed = office.disclosing.place(number, result.pack_number, tmp_path / "out")
	assert placed == list(result.files)
	assert office.disclosing.packs(number)[0].placed_at == str(tmp_path / "out")
	pdf = squeezed(pdf_text(office.disclosing.files(number, 1)["DISCLOSURE/EIR-2026-001.pdf"]))
	for view in views:
		for piece in view or ():
			assert squeezed(piece.text)[:20] in pdf
	assert "otter" not in pdf
	assert "Alex" not in office.ledger()


def test_cancelling_makes_no_pack(office: Desk) -> None:
	number = by_hand(office)
	office.deciding.decide(number, [one.row.id for one in office.deciding.candidates(number)], "release")
	with pytest.raises(Cancelled):
		office.disclosing.make_pack(number, stopped=lambda: True)
	assert office.disclosing.packs(number) == []
	with pytest.raises(NotFound):
		office.disclosing.files(number, 1)


def test_an_edit_that_comes_later_stops_the_pack_until_it_is_decided_again(office: Desk, tmp_path: Path) -> None:
	number = by_hand(office)
	ids = [one.row.id for one in office.deciding.candidates(number)]
	office.deciding.decide(number, ids, "release")
	later = (
		CHAT.replace("Mill Lane floods every November", "Mill Lane floods, says Jean <This message was edited>")
		+ "04/11/2025, 08:00 - Cllr Farrow: Done\n"
	)
	folder = tmp_path / "later"
	folder.mkdir()
	receipt = office.importing.import_file(export(folder, later), group=GROUP, phone="Phone 1")
	assert receipt.new == 1
	assert [one.row.id for one in office.deciding.candidates(number) if one.changed_since_decided] == [
		office.id_of("floods")
	]
	assert office.requests.get(number).undecided == 1
	with pytest.raises(RefusedByPolicy, match="changed since"):
		office.disclosing.make_pack(number)
	office.deciding.decide(number, [office.id_of("floods")], "release")
	result = office.disclosing.make_pack(number)
	text = pdf_text(office.disclosing.files(number, result.pack_number)["DISCLOSURE/EIR-2026-001.pdf"])
	assert "edited by its sender" in text
	assert "Jean" not in text


@pytest.mark.parametrize(
	("data", "said"),
	[
		(b"", "not JSON"),
		(b'{"reference": ', "line 1"),
		(b'{"reference": "\xff"}', "not JSON"),
		(b"[" * 100_000, "nested too deep"),
		(b'{"received": ' + b"9" * 5_000 + b"}", "not JSON"),
		(b'{"received": NaN}', "NaN"),
		(b'{"redact": [], "redact": []}', "'redact' stands twice"),
		(b'{"redact": [{"text": "a", "text": "b"}]}', "'text' stands twice"),
	],
)
def test_what_is_no_json_is_refused_in_plain_words(data: bytes, said: str) -> None:
	with pytest.raises(ProblemWithFile, match=said) as refused:
		parse_request(data)
	assert refused.value.safe


def test_a_removed_word_that_the_pack_says_by_itself_makes_a_pack(office: Desk, tmp_path: Path) -> None:
	words = ("Pack", "Time", "Council", "12", "September", "Released", "Redacted", "personal data", "Message")
	for number, word in enumerate(words):
		request = written(reference=f"W-{number}", redact=[{"text": word, "exemption": "s40(2)"}])
		result = office.disclosing.disclose(request, tmp_path / str(number))
		assert result.leak_check.passed, word


def test_a_covered_group_name_redacts_no_message(office: Desk, tmp_path: Path) -> None:
	free = office.disclosing.disclose(written(reference="A", decisions=[], redact=[]), tmp_path / "a")
	request = written(reference="B", decisions=[], redact=[{"text": GROUP, "exemption": "s40(2)"}])
	result = office.disclosing.disclose(request, tmp_path / "b")
	assert (result.released, result.redacted) == (free.released, 0)
	pdf, cells = read_back(tmp_path / "b")
	assert GROUP not in pdf
	assert GROUP not in cells
	assert "only in names or the request" in pdf


def test_one_request_may_rest_on_two_laws(office: Desk, tmp_path: Path) -> None:
	redact = [{"text": "Jean", "exemption": "s40(2)"}, {"text": "Mill Lane", "exemption": "Regulation 13"}]
	result = office.disclosing.disclose(written(regime="eir", decisions=[], redact=redact), tmp_path / "out")
	assert result.redacted
	_, cells = read_back(tmp_path / "out")
	assert "[Redacted – personal data, s40(2)]" in cells
	assert "[Redacted – personal data, reg 13]" in cells


def test_how_a_name_was_written_in_one_place_stops_no_pack(tmp_path: Path) -> None:
	more = "05/11/2025, 10:00 - Ann: PotterPotter\n05/11/2025, 10:01 - Ann: pot ter pot ter\n"
	with desk(tmp_path, CHAT + more) as office:
		result = office.disclosing.disclose(written(decisions=[]), tmp_path / "out")
	assert result.leak_check.passed


def test_the_internal_log_tells_of_stand_ins_and_of_letters_printed_as_codes(tmp_path: Path) -> None:
	chat = CHAT.replace("Order for the culvert placed", "Order \U00010380 placed")
	with desk(tmp_path, chat) as office:
		office.disclosing.disclose(written(), tmp_path / "out")
	record = pdf_text(next((tmp_path / "out" / "INTERNAL").glob("*record.pdf")).read_bytes())
	assert "In a small village neighbours can tell" in " ".join(record.split())
	assert "U+10380; in FOI-2026-014-0" in " ".join(record.split())


SAID = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "So"], max_codepoint=0x1FFFF), max_size=40)


@settings(max_examples=5, deadline=None)
@given(SAID, SAID)
def test_archives_that_differ_in_withheld_words_give_the_same_released_files(one: str, other: str) -> None:
	"""What is withheld whole, and what is covered up, whatever its length and script."""

	def released(secret: str) -> dict[str, bytes]:
		words = f"zq{secret.replace(':', '')}qz"
		chat = CHAT.replace("do not admit liability", words).replace("Happy birthday Neil", f"Happy birthday {words}")
		with tempfile.TemporaryDirectory() as folder, desk(Path(folder), chat) as office:
			out = Path(folder) / "out"
			office.disclosing.disclose(written(), out)
			return {path.name: path.read_bytes() for path in (out / "DISCLOSURE").iterdir()}

	assert released(one) == released(other)


def test_the_review_copy_says_everything_and_what_becomes_of_it(office: Desk, tmp_path: Path) -> None:
	office.disclosing.disclose(written(), tmp_path / "out")
	data = (tmp_path / "out" / "INTERNAL" / "INTERNAL-FOI-2026-014-review-copy.pdf").read_bytes()
	document = pypdfium2.PdfDocument(data)
	assert all("INTERNAL: review copy" in one.get_textpage().get_text_range() for one in document)
	said = " ".join(pdf_text(data).split())
	for words in (
		"Mrs Jean Potter [Resident 1] of 14 Mill Lane [Redacted",
		"Her number is 07700 900123 [Redacted",
		"do not admit liability",
		"Withheld under s42: Advice was asked for.",
		"Not held: private, not the council's record",
		"£1,250 Released",
		"rang about the drain Released in part",
	):
		assert words in said
	assert page.is_pdf_compliant_bytes(data, profile="ua1")
	assert page.is_pdf_compliant_bytes(data, profile="2a")


def test_the_review_copy_marks_what_the_pack_covers_in_a_files_name_too(office: Desk) -> None:
	request = office.requests.create(regime="foi", received=date(2026, 11, 2), requester="A", wording="The drain")
	office.gathering.gather(request.id, MessageFilter(search="complaint"))
	ids = [one.row.id for one in office.deciding.candidates(request.id)]
	office.deciding.decide(request.id, ids, "release", with_media=True)
	office.redacting.redact(request.id, "text", "Potter", "s40(2)", stand_in="Resident 1")
	made = office.disclosing.make_pack(request.id)
	copy = next(
		data for path, data in office.disclosing.files(request.id, made.pack_number).items() if "review-copy" in path
	)
	text = " ".join(pdf_text(copy).split())
	assert made.redacted == 1
	assert "Released in part" in text
	assert "Jean_Potter [Resident 1]" in text
