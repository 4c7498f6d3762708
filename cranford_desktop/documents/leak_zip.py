"""What a zip says beside the files in it: names, moments, extra data, anything between or around its parts."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

Fault = Callable[[str], None]

_START = b"PK\x03\x04"
_LOCAL, _NAME_AT, _EXTRA_AT = 30, 26, 28
_FIXED = date(1980, 1, 1)
_ENCRYPTED, _DESCRIBED = 0x1, 0x8
_DESCRIPTORS = (12, 16)
"""Bytes that may follow a part whose sizes were not known when it was begun."""


def zip_faults(data: bytes, fault: Fault, *, made_on: date | None = None) -> None:
	"""Report what a zip carries beside its parts: remarks, extra data, moments, words between parts.

	Every part has to bear the first day of 1980, or the day `made_on` at midnight; raises `zipfile.BadZipFile`.
	"""
	with zipfile.ZipFile(io.BytesIO(data)) as archive:
		entries = archive.infolist()
		if archive.comment:
			fault("the file carries a comment")
		if not data.startswith(_START):
			fault("something stands before the file's beginning")
		if len({entry.filename.casefold() for entry in entries}) != len(entries):
			fault("two parts have one name")
		at = 0
		for entry in sorted(entries, key=lambda one: one.header_offset):
			if entry.extra or entry.comment:
				fault("a part carries extra data")
			if entry.flag_bits & _ENCRYPTED:
				fault("a part is encrypted")
			if entry.date_time[:3] not in (
				(_FIXED.year, 1, 1),
				made_on and (made_on.year, made_on.month, made_on.day),
			) or any(entry.date_time[3:]):
				fault("a part says when it was written")
			if entry.header_offset != at:
				fault("something stands between the parts of the file")
			head = data[entry.header_offset : entry.header_offset + _LOCAL]
			extra = int.from_bytes(head[_EXTRA_AT : _EXTRA_AT + 2], "little")
			if extra:
				fault("a part carries extra data")
			at = entry.header_offset + _LOCAL + int.from_bytes(head[_NAME_AT:_EXTRA_AT], "little") + extra
			at += entry.compress_size
			if entry.flag_bits & _DESCRIBED:
				at += next((size for size in _DESCRIPTORS if data[at + size : at + size + 2] == b"PK"), 0)
		if data[at : at + 4] not in (b"PK\x01\x02", b"PK\x05\x06"):
			fault("something stands between the parts of the file")
