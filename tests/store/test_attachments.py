"""Encrypted files: round trips, damage, and what stays on disk when work does not finish."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from cranford_desktop.errors import ProblemWithArchive
from cranford_desktop.store.archive import Archive, open_archive
from cranford_desktop.store.attachments import CHUNK, SIGNATURE, Sealed
from cranford_desktop.store.schema import sealed_file
from tests.store.archive_support import NOW, made

BORDERS = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK, 2 * CHUNK + 1]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
	with made(tmp_path / "a", None)[0] as opened:
		yield opened


def put(archive: Archive, content: bytes, purpose: str = "attachment") -> int:
	with archive.writing(NOW) as change:
		change.record("x", {})
		return archive.files.put(change.connection, [content], purpose).id


def read(archive: Archive, file_id: int) -> bytes:
	with archive.reading() as connection:
		return archive.files.read_all(connection, file_id)


def on_disk(archive: Archive) -> list[Path]:
	return sorted(archive.files.folder.iterdir())


@pytest.mark.parametrize("size", BORDERS)
def test_what_goes_in_comes_out_around_the_borders_of_chunks(archive: Archive, size: int) -> None:
	content = os.urandom(size)
	with archive.writing(NOW) as change:
		change.record("x", {})
		file = archive.files.put(change.connection, [content], "attachment")
	assert (file.size, file.sha256) == (size, hashlib.sha256(content).hexdigest())
	assert read(archive, file.id) == content


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([0, 1, 7, 4096, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK]), max_size=6))
def test_how_the_content_was_cut_makes_no_difference(
	tmp_path_factory: pytest.TempPathFactory, sizes: list[int]
) -> None:
	pieces = [bytes([number]) * size for number, size in enumerate(sizes)]
	with made(tmp_path_factory.mktemp("a"), None)[0] as archive:
		sealed = archive.files.seal(pieces, "attachment")
		with archive.writing(NOW) as change:
			file_id = archive.files.register(change.connection, sealed)
			change.record("x", {})
		assert read(archive, file_id) == b"".join(pieces)
		chunks = max(1, -(-sum(sizes) // CHUNK))
		assert on_disk(archive)[0].stat().st_size == len(SIGNATURE) + sum(sizes) + 16 * chunks


def test_a_large_file_is_written_and_read_in_pieces(archive: Archive) -> None:
	with archive.files.sealing("original") as writer:
		for number in range(300):
			writer.write(bytes([number % 256]) * 100_000)
	with archive.writing(NOW) as change:
		file_id = archive.files.register(change.connection, writer.sealed)
		change.record("x", {})
	with archive.reading() as connection:
		sizes = [len(chunk) for chunk in archive.files.read(connection, file_id)]
	assert sum(sizes) == 30_000_000
	assert max(sizes) == CHUNK


def test_nothing_of_the_content_is_on_disk_and_the_name_says_nothing(archive: Archive) -> None:
	content = b"A letter to a resident of Mill Lane. " * 50
	put(archive, content)
	(path,) = on_disk(archive)
	assert b"Mill Lane" not in path.read_bytes()
	assert path.name != hashlib.sha256(content).hexdigest()[:32]


def test_the_same_content_is_kept_once_for_each_purpose(archive: Archive) -> None:
	first = put(archive, b"photo")
	assert put(archive, b"photo") == first
	assert put(archive, b"photo", "evidence") != first
	assert len(on_disk(archive)) == 2


def test_the_same_content_again_mends_a_file_that_went_missing(archive: Archive) -> None:
	put(archive, b"photo")
	on_disk(archive)[0].unlink()
	assert read(archive, put(archive, b"photo")) == b"photo"


def damages(whole: bytes) -> dict[str, bytes]:
	head, step = len(SIGNATURE), CHUNK + 16
	first, second, rest = whole[head : head + step], whole[head + step : head + 2 * step], whole[head + 2 * step :]
	return {
		"signature": b"X" + whole[1:],
		"flipped": whole[:1000] + bytes([whole[1000] ^ 1]) + whole[1001:],
		"flipped tag": whole[:-1] + bytes([whole[-1] ^ 1]),
		"a byte short": whole[:-1],
		"last chunk cut off": whole[: head + 2 * step],
		"two chunks cut off": whole[: head + step],
		"all cut off": whole[:head],
		"empty": b"",
		"reordered": whole[:head] + second + first + rest,
		"repeated": whole[:head] + first + first + second + rest,
		"a byte more": whole + b"\0",
		"left out": whole[:head] + first + rest,
	}


@pytest.mark.parametrize("damage", damages(bytes(3 * CHUNK)))
def test_every_damage_is_noticed(archive: Archive, damage: str) -> None:
	file_id = put(archive, os.urandom(2 * CHUNK + 5000))
	(path,) = on_disk(archive)
	path.write_bytes(damages(path.read_bytes())[damage])
	with pytest.raises(ProblemWithArchive, match="is damaged"):
		read(archive, file_id)


def test_two_files_changed_about_are_noticed(archive: Archive) -> None:
	one, other = put(archive, b"one"), put(archive, b"two")
	first, second = on_disk(archive)
	content = first.read_bytes()
	first.write_bytes(second.read_bytes())
	second.write_bytes(content)
	for file_id in (one, other):
		with pytest.raises(ProblemWithArchive, match="is damaged"):
			read(archive, file_id)


def test_a_missing_file_says_so(archive: Archive) -> None:
	file_id = put(archive, b"x")
	on_disk(archive)[0].unlink()
	with pytest.raises(ProblemWithArchive, match="is missing from its folder"):
		read(archive, file_id)


def test_a_row_that_names_another_digest_is_noticed(archive: Archive) -> None:
	file_id = put(archive, b"x")
	with archive.writing(NOW) as change:
		change.connection.execute(update(sealed_file).values(sha256="0" * 64))
		change.record("x", {})
	with pytest.raises(ProblemWithArchive, match="is damaged"):
		read(archive, file_id)


def test_an_erased_file_says_so(archive: Archive) -> None:
	file_id = put(archive, b"x")
	with archive.writing(NOW) as change:
		change.connection.execute(update(sealed_file).values(key=None))
		change.record("x", {})
	with pytest.raises(ProblemWithArchive, match="was erased"):
		read(archive, file_id)


def test_a_change_taken_back_leaves_no_file_of_its_own(archive: Archive) -> None:
	with pytest.raises(ZeroDivisionError), archive.writing(NOW) as change:  # noqa: PT012
		archive.files.put(change.connection, [b"x"], "attachment")
		raise ZeroDivisionError
	assert on_disk(archive) == []


def test_a_file_sealed_before_stays_the_callers_to_discard(archive: Archive) -> None:
	sealed = archive.files.seal([b"x"], "attachment")
	with pytest.raises(ZeroDivisionError), archive.writing(NOW) as change:  # noqa: PT012
		archive.files.register(change.connection, sealed)
		raise ZeroDivisionError
	assert len(on_disk(archive)) == 1
	archive.files.discard(sealed)
	archive.files.discard(sealed)
	assert on_disk(archive) == []


def test_a_committed_file_cannot_be_discarded(archive: Archive) -> None:
	sealed = archive.files.seal([b"x"], "attachment")
	with archive.writing(NOW) as change:
		file_id = archive.files.register(change.connection, sealed)
		change.record("x", {})
	archive.files.discard(sealed)
	assert read(archive, file_id) == b"x"


def test_the_same_sealed_file_registered_twice_is_one(archive: Archive) -> None:
	sealed = archive.files.seal([b"x"], "attachment")
	with archive.writing(NOW) as change:
		ids = {archive.files.register(change.connection, sealed) for _ in range(2)}
		change.record("x", {})
	assert len(ids) == 1
	assert read(archive, ids.pop()) == b"x"


def test_a_source_that_fails_leaves_nothing(archive: Archive) -> None:
	def source() -> Iterator[bytes]:
		yield b"x" * 1000
		raise ZeroDivisionError

	with pytest.raises(ZeroDivisionError):
		archive.files.seal(source(), "attachment")
	assert on_disk(archive) == []


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_a_disk_that_takes_no_more_is_said_plainly_and_leaves_nothing(archive: Archive) -> None:
	resource = pytest.importorskip("resource")
	before = resource.getrlimit(resource.RLIMIT_FSIZE)
	resource.setrlimit(resource.RLIMIT_FSIZE, (CHUNK, before[1]))
	try:
		with pytest.raises(ProblemWithArchive, match="too large for this disk"):
			archive.files.seal([bytes(3 * CHUNK)], "original")
	finally:
		resource.setrlimit(resource.RLIMIT_FSIZE, before)
	assert on_disk(archive) == []


def test_orphans_go_at_the_next_start_and_nothing_else(tmp_path: Path) -> None:
	archive, _ = made(tmp_path / "a", None)
	kept = put(archive, b"kept")
	orphan = archive.files.seal([b"orphan"], "attachment")
	folder = archive.files.folder
	(folder / ("ab" * 16 + ".part")).write_bytes(b"unfinished")
	(folder / "note to self.txt").write_bytes(b"not ours")
	archive.close()
	with open_archive(tmp_path / "a", None) as archive:
		assert read(archive, kept) == b"kept"
		names = {path.name for path in on_disk(archive)}
		assert orphan.name not in names
		assert "note to self.txt" in names
		assert len(names) == 2


def test_a_key_does_not_show_itself() -> None:
	assert "secret" not in repr(Sealed("name", b"secret", "digest", 3, "attachment"))
