"""What a finished picture carries beside its pixels: only what a decoder needs may stand there."""

import re
from collections.abc import Callable, Iterator

Fault = Callable[[str], None]

IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_APP0, _APP14 = 0xE0, 0xEE
_TABLES = {0xC4, 0xCC, 0xDB, 0xDC, 0xDD, *range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)}
_JFIF = 16
"""Bytes of a JFIF segment without a small picture inside."""
_PNG = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"pHYs", b"bKGD", b"sBIT"}
_RIFF = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"}
_SAYS = {
	b"Exif": "a picture carries camera data (EXIF)",
	b"http": "a picture carries XMP data",
	b"Phot": "a picture carries IPTC data",
	b"ICC_": "a picture carries a colour profile, which can name a device",
	b"MPF\x00": "a picture carries a second picture",
	b"JFXX": "a picture carries a small picture of itself",
}
_PNG_SAYS = {
	b"eXIf": "a picture carries camera data (EXIF)",
	b"iCCP": "a picture carries a colour profile, which can name a device",
	b"iTXt": "a picture carries XMP data or a comment",
	b"tEXt": "a picture carries a comment",
	b"zTXt": "a picture carries a comment",
	b"tIME": "a picture says when it was changed",
}
_RIFF_SAYS = {
	b"EXIF": "a picture carries camera data (EXIF)",
	b"XMP ": "a picture carries XMP data",
	b"ICCP": "a picture carries a colour profile, which can name a device",
}
BEHIND = "something stands behind a picture's end"
_OTHER = "a picture carries data that no picture needs"


def image_faults(data: bytes, fault: Fault) -> None:
	"""Report everything in a JPEG, PNG, GIF or WEBP that is neither pixels nor needed to read them."""
	if data[:3] == b"\xff\xd8\xff":
		for what in _jpeg(data):
			fault(what)
	elif data[:4] == b"\x89PNG":
		for what in _chunks(data, 8, _PNG, _PNG_SAYS, lead=True):
			fault(what)
	elif data[:4] == b"RIFF":
		for what in _chunks(data[: 8 + int.from_bytes(data[4:8], "little")], 12, _RIFF, _RIFF_SAYS, lead=False):
			fault(what)
		if len(data) > 9 + int.from_bytes(data[4:8], "little"):
			fault(BEHIND)
	elif data[:4] == b"GIF8" and (b"\x21\xfe" in data or b"XMP DataXMP" in data):
		fault("a picture carries a comment")


def _jpeg(data: bytes) -> Iterator[str]:
	at = 2
	while at + 4 <= len(data) and data[at] == 0xFF:
		marker = data[at + 1]
		if marker == _END:
			break
		if marker == 0xFF:
			at += 1
			continue
		size = int.from_bytes(data[at + 2 : at + 4], "big")
		body = data[at + 4 : at + 2 + size]
		if marker == _COMMENT:
			yield "a picture carries a comment"
		elif marker == _APP0 and body.startswith(b"JFIF\x00"):
			if size > _JFIF or any(body[12:14]):
				yield _SAYS[b"JFXX"]
		elif marker not in _TABLES and marker not in (_APP14, _SCAN):
			yield _SAYS.get(body[:4], _OTHER)
		elif marker == _APP14 and not body.startswith(b"Adobe"):
			yield _OTHER
		at += 2 + size
		if marker == _SCAN:
			found = _MARKER.search(data, at)
			at = found.start() if found else len(data)
	if data[at + 2 :].strip(b"\x00\r\n"):
		yield BEHIND


def _chunks(data: bytes, at: int, needed: set[bytes], says: dict[bytes, str], *, lead: bool) -> Iterator[str]:
	"""Yield what a file of named chunks carries; in a PNG the size leads and a check sum follows."""
	while at + 8 <= len(data):
		size = int.from_bytes(data[at : at + 4], "big") if lead else int.from_bytes(data[at + 4 : at + 8], "little")
		name = data[at + 4 : at + 8] if lead else data[at : at + 4]
		if name not in needed:
			yield says.get(name, _OTHER)
		at += size + (12 if lead else 8 + size % 2)
		if name == b"IEND":
			break
	if data[at:].strip(b"\x00"):
		yield BEHIND
