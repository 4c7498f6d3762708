"""Documents of a request's file: sealed, read back byte for byte, and not named in the record of actions."""

from datetime import date
from pathlib import Path

import pytest

from cranford_desktop.errors import NotFound, ProblemWithFile, RefusedByPolicy
from cranford_desktop.services import request_documents
from cranford_desktop.services.council import Council


@pytest.fixture
def known(council: Council) -> int:
	return council.requests.create(regime="foi", received=date(2026, 11, 23), requester="", wording="Drains").id


def test_a_document_is_sealed_read_back_and_taken_out(council: Council, known: int, tmp_path: Path) -> None:
	source = tmp_path / "From Mrs Potter.EML"
	source.write_bytes(b"Subject: Mill Lane\r\n")
	first = council.request_documents.add(known, "The e-mail  as it came", source)
	council.request_documents.add(known, "Again.eml", source)
	assert [one.title for one in council.request_documents.documents(known)] == [
		"The e-mail as it came.eml",
		"Again.eml",
	]
	assert council.request_documents.read(first) == source.read_bytes()
	assert not any(b"Mill Lane" in one.read_bytes() for one in council.folder.rglob("*") if one.is_file())
	council.request_documents.save(first, tmp_path / "copy.eml")
	assert (tmp_path / "copy.eml").read_bytes() == source.read_bytes()
	council.request_documents.take_back(first)
	assert len(council.request_documents.documents(known)) == 1
	with pytest.raises(NotFound):
		council.request_documents.read(first)
	with council.archive.reading() as connection:
		told = "\n".join(str(row) for row in connection.exec_driver_sql("SELECT action, detail FROM ledger"))
	assert "document" in told
	for secret in ("Potter", "e-mail", "Mill", str(tmp_path)):
		assert secret not in told


def test_what_cannot_be_kept_is_said_and_leaves_nothing(council: Council, known: int, tmp_path: Path) -> None:
	empty, there = tmp_path / "empty.pdf", tmp_path / "there.pdf"
	empty.write_bytes(b"")
	there.write_bytes(b"%PDF-1.4")
	before = sorted(one.name for one in council.archive.files.folder.iterdir())
	with pytest.raises(ProblemWithFile, match="is empty"):
		council.request_documents.add(known, "Empty", empty)
	with pytest.raises(ProblemWithFile, match="cannot be read"):
		council.request_documents.add(known, "None", tmp_path / "none.pdf")
	with pytest.raises(RefusedByPolicy, match="no title"):
		council.request_documents.add(known, " ", there)
	with pytest.raises(NotFound):
		council.request_documents.add(99, "There", there)
	with pytest.raises(ProblemWithFile, match="could not be saved"):
		council.request_documents.save(council.request_documents.add(known, "There", there), tmp_path / "no" / "x.pdf")
	assert len(sorted(one.name for one in council.archive.files.folder.iterdir())) == len(before) + 1


def test_a_document_larger_than_the_limit_is_refused_unread(council: Council, known: int, tmp_path: Path) -> None:
	large = tmp_path / "large.pdf"
	with large.open("wb") as out:
		out.truncate(request_documents.LARGEST + 1)
	with pytest.raises(ProblemWithFile, match="larger than 100 MB"):
		council.request_documents.add(known, "Large", large)
