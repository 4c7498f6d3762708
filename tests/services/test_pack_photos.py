"""Photos of packs are drawn once, kept encrypted, and measured when they come back."""

from pathlib import Path

import pytest

from cranford_desktop.documents import photos
from cranford_desktop.domain.messages import Attachment, MessageRow
from cranford_desktop.services.pack_photos import PACK_BOX, PackPhotos
from tests.services.disclosure_support import desk


def attachment(rows: list[MessageRow], ending: str) -> Attachment:
	return next(one for row in rows for one in row.attachments if (one.name or "").endswith(ending))


def test_a_photo_is_drawn_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
	with desk(tmp_path) as office:
		picture = attachment(office.rows(), ".jpg")
		first = PackPhotos(office.archive)
		made = first.photo(picture)
		first.settle()
		assert made is not None
		assert (made.width, made.height) == (640, 480)
		assert b"CANARY" not in made.jpeg
		monkeypatch.setattr(photos, "LARGEST_BYTES", 1)
		again = PackPhotos(office.archive).photo(picture)
		assert again == made
		with office.archive.reading() as connection:
			kept = connection.exec_driver_sql("SELECT count(*) FROM thumbnail WHERE box = ?", (PACK_BOX,)).scalar()
		assert kept == 1


def test_what_is_no_photo_gives_none_now_and_later(tmp_path: Path) -> None:
	with desk(tmp_path) as office:
		document = attachment(office.rows(), ".pdf")
		one = PackPhotos(office.archive)
		assert one.photo(document) is None
		one.settle()
		assert PackPhotos(office.archive).photo(document) is None
		assert one.photo(Attachment(None, None, None, None, None, present=False)) is None
