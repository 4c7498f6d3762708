"""Bytes into characters without a silent loss."""

from typing import NamedTuple

import pytest

from cranford_desktop.ingest.encoding import decoded, examine

from .conftest import Read


class Decoded(NamedTuple):
	text: str
	warnings: tuple[str, ...]


def decode(data: bytes, size: int = 7) -> Decoded:
	"""Read bytes that come in pieces: no character may suffer where two of them meet."""

	def chunks():
		return (data[at : at + size] for at in range(0, len(data), size))

	found = examine(chunks)
	errors = "strict" if found.strict else "replace"
	return Decoded("".join(decoded(chunks, found.name, found.mark, errors)), found.warnings)


CHAT = "13/03/2024, 19:05 - Ann: café £5 😀\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_wide_encodings_are_read(read: Read, encoding: str, end: str):
	export = read((CHAT * 3).replace("\n", end).encode(encoding))
	assert [record.text for record in export.records] == ["café £5 😀"] * 3
	assert (encoding == "utf-8-sig") == (not export.warnings)


def test_byte_order_mark_of_utf16_big(read: Read):
	assert read(b"\xfe\xff" + CHAT.encode("utf-16-be")).records[0].text == "café £5 😀"


def test_windows_characters_are_read_and_said():
	decoded = decode("13/03/2024, 19:05 - Ann: café £5 – “x”\n".encode("cp1252"))
	assert decoded.text.endswith("café £5 – “x”\n")
	assert "5 accented" in decoded.warnings[0]


@pytest.mark.parametrize("end", [b"caf\xc3", b"5 \xe2\x80", b"\xf0\x9f\x98"])
def test_a_text_that_breaks_off_in_a_character_is_still_utf8(end: bytes):
	decoded = decode(b"13/03/2024, 19:05 - Ann: " + end)
	assert decoded.text.endswith("\ufffd")
	assert decoded.warnings[0].startswith("1 place ")


def test_a_last_letter_in_windows_characters():
	assert decode(b"13/03/2024, 19:05 - Ann: caf\xe9").text.endswith("café")


def test_broken_utf8_is_counted():
	decoded = decode(CHAT.encode() + b"a\xff\xfeb \xf0\x9f\x98 c \xef\xbf\xbd")
	assert decoded.text.startswith(CHAT)
	assert decoded.text.endswith("a\ufffd\ufffdb \ufffd c \ufffd")
	assert decoded.warnings[0].startswith("3 places")


def test_odd_utf16_does_not_crash():
	assert decode(b"\xff\xfe" + "1".encode("utf-16-le") + b"\x00").warnings
	assert decode(b"\xff\xfe\x00\xd8x").text
