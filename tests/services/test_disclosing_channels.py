"""Ways in which something withheld could travel through the making of a pack, end to end."""

import json
import logging
import re
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from cranford_desktop.documents.recovery_sheet import recovery_sheet_pdf
from cranford_desktop.domain.disclosure import Enclosure
from cranford_desktop.domain.messages import MessageFilter
from tests.services.disclosure_support import CHAT, GROUP, NOW, SECRETS, desk, export
from tests.services.test_disclosing import everything, pdf_text, written

MORE = """\
04/11/2025, 09:00 - Ann: @Jean Potter and @447700900123 were there
04/11/2025, 09:01 - Ann: Jean Potter.vcf (file attached)
04/11/2025, 09:02 - Jean Potter: I wrote this myself
04/11/2025, 09:03 - Ann: https://example.org/people/jean-potter says so
04/11/2025, 09:04 - Ann added Jean Potter
04/11/2025, 09:05 - Jean Potter left
"""


def record(folder: Path) -> str:
	book = openpyxl.load_workbook(next((folder / "INTERNAL").glob("*.xlsx")))
	return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)


def test_15_names_in_mentions_cards_senders_links_and_lines_of_the_app(tmp_path: Path) -> None:
	with desk(tmp_path, CHAT + MORE) as office:
		result = office.disclosing.disclose(written(decisions=[]), tmp_path / "out")
	assert result.leak_check.passed
	for path in (tmp_path / "out" / "DISCLOSURE").iterdir():
		data = everything(path.read_bytes()).lower()
		for secret in (b"potter", b"jean", b"7700900123"):
			assert secret not in data, (path.name, secret)
	assert "Resident 1" in pdf_text(next((tmp_path / "out" / "DISCLOSURE").glob("*.pdf")).read_bytes())


@pytest.mark.parametrize(
	"group",
	[
		"Lanes \U0001f33b group",
		"\u05e7\u05d1\u05d5\u05e6\u05d4 \u05d0\u05d7\u05ea",
		"\u0915\u093f\u0938\u093e\u0928",
		"\u82b1\u5712 – “x”",
	],
)
def test_an_honest_pack_passes_whatever_its_group_is_called(tmp_path: Path, group: str) -> None:
	with desk(tmp_path) as office:
		later = CHAT.replace("floods", "floods now")
		office.importing.import_file(export(tmp_path, later, "other"), group=group, phone="Phone 1")
		result = office.disclosing.disclose(written(include=[{"group": group}]), tmp_path / "out")
	assert (result.leak_check.passed, result.leak_check.places) == (True, ())


def test_22_a_reference_is_given_once(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		request = office.requests.create(regime="foi", received=date(2026, 11, 2), requester="A", wording="The drain")
		office.gathering.gather(request.id, MessageFilter(search="placed"))

		def pack() -> dict[int, int]:
			ids = [one.row.id for one in office.deciding.candidates(request.id)]
			office.deciding.decide(request.id, ids, "release")
			return dict(office.disclosing.make_pack(request.id).numbers)

		first = pack()
		office.gathering.gather(request.id, MessageFilter(search="mill"))
		second = pack()
		assert first.items() <= second.items()
		assert sorted(second.values()) == list(range(1, len(second) + 1))
		office.gathering.remove(request.id, list(first))
		assert pack().items() >= first.items(), "a number that was out is never given to another message"


def test_22_labels_and_enclosures_are_no_words_taken_back(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		request = office.requests.create(regime="foi", received=date(2026, 11, 2), requester="A", wording="The drain")
		office.gathering.gather(request.id, MessageFilter(search="culvert"))
		ids = [one.row.id for one in office.deciding.candidates(request.id)]
		office.deciding.decide(request.id, ids, "release")
		minutes = Enclosure("Minutes", "minutes", recovery_sheet_pdf("T", "AAAAA", NOW, True))
		made = office.redacting.redact(request.id, "text", "Potter", "s40(2)", stand_in="Resident A")
		office.disclosing.make_pack(request.id, enclosures=[minutes])
		office.redacting.remove_redaction(request.id, made.id)
		office.redacting.redact(request.id, "text", "Potter", "s40(2)", stand_in="Resident B")
		assert not office.disclosing.make_pack(request.id, enclosures=[minutes]).warnings
		office.redacting.redact(request.id, "text", "culvert", "s40(2)")
		assert any("released more" in one for one in office.disclosing.make_pack(request.id).warnings)


def test_16_a_stand_in_belongs_to_one_request(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		one = [{"text": "Jean Potter", "exemption": "s40(2)", "stand_in": "Person B"}]
		office.disclosing.disclose(written(redact=one), tmp_path / "one")
		other = [{"text": "Jean Potter", "exemption": "s40(2)", "stand_in": "Person A"}]
		office.disclosing.disclose(written(reference="FOI-2", redact=other), tmp_path / "two")
	first, second = (
		pdf_text(next((tmp_path / name / "DISCLOSURE").glob("*.pdf")).read_bytes()) for name in ("one", "two")
	)
	assert "Person B" in first
	assert "Person A" not in first
	assert "Person A" in second
	assert "Person B" not in second


def test_14_a_gap_says_how_many_and_no_more(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		request = written(decisions=[{"search": "birthday OR order", "decision": "not_in_scope"}])
		office.disclosing.disclose(request, tmp_path / "out")
	text = pdf_text(next((tmp_path / "out" / "DISCLOSURE").glob("*.pdf")).read_bytes())
	assert len(re.findall(r"… 1 message not in scope …", text)) == 2
	assert "09:09" not in text
	assert "birthday" not in text


def test_19_nothing_readable_is_left_on_the_disk_or_in_the_log(
	tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
	monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
	caplog.set_level(logging.DEBUG)
	with desk(tmp_path) as office:
		result = office.disclosing.disclose(written(), tmp_path / "out")
		assert result.leak_check.passed
		held = [path for path in office.archive.folder.rglob("*") if path.is_file()]
		assert held
		for path in held:
			data = path.read_bytes().lower()
			assert not [one for one in (*SECRETS, "solicitor", "culvert") if one.lower().encode() in data], path.name
	assert not [one for one in (*SECRETS, "solicitor", "birthday") if one.lower() in caplog.text.lower()]
	outside = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*")}
	assert outside <= {"archive", "out", "WhatsApp Chat with Drainage working group.zip"}


def test_22_an_earlier_pack_that_said_more_is_warned_of(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		first = office.disclosing.disclose(written(redact=[], decisions=[]), tmp_path / "one")
		assert first.warnings == ()
		again = office.disclosing.disclose(written(supersede=True), tmp_path / "two")
		assert office.disclosing.packs(again.request_id)[0].result.warnings == again.warnings
		same = office.disclosing.disclose(written(), tmp_path / "three")
	assert len(again.warnings) == 1
	assert "Pack 1 released more of FOI-2026-014-0002" in again.warnings[0]
	assert "FOI-2026-014-0013" not in again.warnings[0]
	assert "Potter" not in again.warnings[0]
	assert len(same.warnings) == 1
	assert "Pack 1 said more" in record(tmp_path / "two")
	assert "Pack 2 said more" not in record(tmp_path / "three")


def test_the_receipt_says_what_was_looked_at_and_what_was_not(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		office.disclosing.disclose(written(), tmp_path / "out")
	said = record(tmp_path / "out")
	for words in ("opened again", "Faces", "neighbour", "in order: the same", "FOI-2026-014-schedule.xlsx"):
		assert words in said


def test_a_withheld_ok_and_a_jean_covered_once_make_a_pack(tmp_path: Path) -> None:
	more = "05/11/2025, 10:00 - Jean Shaw: ok\n05/11/2025, 10:01 - Jean Shaw: ok\n05/11/2025, 10:02 - Ann: Jean?\n"
	with desk(tmp_path, CHAT + more) as office:
		request = office.requests.create(
			regime="foi", received=date(2026, 11, 2), requester="Alex Example", wording="The drain"
		)
		office.gathering.gather(request.id, MessageFilter())
		ids = [row.id for row in office.rows()]
		office.deciding.decide(request.id, ids, "release")
		short = next(row.id for row in office.rows() if row.text == "ok")
		office.deciding.decide(request.id, [short], "withhold", exemption="s40(2)", reason="Private")
		asked = next(row.id for row in office.rows() if row.text == "Jean?")
		office.redacting.redact(request.id, "span", "Jean", "s40(2)", message_id=asked, start=0, end=4)
		result = office.disclosing.make_pack(request.id)
		files = office.disclosing.files(request.id, result.pack_number)
	text = pdf_text(files["DISCLOSURE/FOI-2026-001.pdf"])
	assert "Jean Shaw" in text
	assert "Jean?" not in text
	assert json.loads(files["DISCLOSURE/manifest.json"])["pack_number"] == 1
	assert GROUP in text


@pytest.mark.parametrize("word", ["Den", "Tit", "it", "srgb", "Adobe"])
def test_words_inside_the_names_of_a_pdf_can_be_covered(tmp_path: Path, word: str) -> None:
	with desk(tmp_path) as office:
		request = office.requests.create(regime="foi", received=date(2026, 11, 2), requester="A", wording="The drain")
		office.gathering.gather(request.id, MessageFilter(search="placed"))
		ids = [one.row.id for one in office.deciding.candidates(request.id)]
		office.deciding.decide(request.id, ids, "release")
		office.redacting.redact(request.id, "text", word, "s40(2)")
		assert office.disclosing.make_pack(request.id).leak_check.passed
