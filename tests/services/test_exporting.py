"""The archive as a bag: another library reads it, every message and file is in it, a failure leaves nothing."""

import json
from pathlib import Path

import bagit
import pytest

from cranford_desktop.commands import printing
from cranford_desktop.domain.messages import MessageDetail
from cranford_desktop.errors import Cancelled, ProblemWithFile
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.exporting import Exporting
from tests.services.disclosure_support import CHAT, COUNCIL, GROUP, NOW, desk, export, photo


def line_of(one: MessageDetail) -> str:
	return printing.as_json(printing.message(one))


def test_another_library_reads_the_bag_and_everything_is_in_it(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		made = Exporting(office.archive, standing_clock(NOW)).export(tmp_path / "bag", line_of)
		assert (made.messages, made.files) == (13, 2)
		assert "exported the archive" in office.ledger()
		assert "Potter" not in office.ledger()
	bag = bagit.Bag(str(tmp_path / "bag"))
	bag.validate()
	assert bag.info["Source-Organization"] == COUNCIL
	assert bag.info["Bagging-Date"] == "2026-11-23"
	lines = (tmp_path / "bag" / "data" / "messages.jsonl").read_text(encoding="utf-8").splitlines()
	told = [json.loads(line) for line in lines]
	assert len(told) == 13
	for file in (file for one in told for file in one["attachments"] if file["present"]):
		assert len(list((tmp_path / "bag" / "data" / "files").glob(f"{file['sha256']}.*"))) == 1
	assert photo() in [path.read_bytes() for path in (tmp_path / "bag" / "data" / "files").iterdir()]


def test_what_is_set_aside_is_in_it_too(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		office.requests.create(regime="foi", received=NOW.date(), requester="A", wording="The drain")
		more = export(tmp_path, CHAT + "04/11/2025, 09:00 - Ann: Only here\n", "more")
		receipt = office.importing.import_file(more, group=GROUP, phone="Phone 2")
		assert office.importing.undo(receipt.export_id or 0).set_aside
		Exporting(office.archive, standing_clock(NOW)).export(tmp_path / "bag", line_of)
	assert "Only here" in (tmp_path / "bag" / "data" / "messages.jsonl").read_text(encoding="utf-8")


def test_a_full_folder_is_refused_and_a_stopped_export_leaves_nothing(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		exporting = Exporting(office.archive, standing_clock(NOW))
		(tmp_path / "full").mkdir()
		(tmp_path / "full" / "mine.txt").write_text("mine")
		for folder in (tmp_path / "full", office.archive.folder / "bag"):
			with pytest.raises(ProblemWithFile):
				exporting.export(folder, line_of)
		before = office.ledger()
		with pytest.raises(Cancelled):
			exporting.export(tmp_path / "bag", line_of, stopped=lambda: True)
		assert not (tmp_path / "bag").exists()
		assert office.ledger() == before
	assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_a_damaged_bag_is_noticed(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		Exporting(office.archive, standing_clock(NOW)).export(tmp_path / "bag", line_of)
	path = tmp_path / "bag" / "data" / "messages.jsonl"
	path.write_bytes(path.read_bytes().replace(b"Mill Lane", b"Hill Lane"))
	assert not bagit.Bag(str(tmp_path / "bag")).is_valid()
