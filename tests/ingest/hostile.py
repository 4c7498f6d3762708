"""What the tables of hostile files are made of."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

A = "13/03/2024, 19:05 - "
B = "13/03/2024, 19:06 - "
P = "[13/03/2024, 19:05:11] "
Q = "[13/03/2024, 19:06:12] "
L = "\u200e"
NL = "\r\n"
PHONE = "\u202a+44\u00a07700\u00a0900123\u202c"
HYPHENS = "\u202a+44\u00a07700\u2011900\u2011123\u202c"

Expected = Sequence[tuple[str | None, str, str | None]]


class Row(NamedTuple):
	name: str
	chat: str | bytes
	expected: Expected
	flags: Mapping[int, frozenset[str]] = MappingProxyType({})
	file: str = "WhatsApp Chat with Planning.txt"


def m(sender: str, text: str) -> tuple[str, str, str]:
	return sender, "message", text


def s(text: str, sender: str | None = None) -> tuple[str | None, str, str]:
	return sender, "system", text


END = f"{B}Bob: end\n"
IPHONE_END = f"{P}Bob: one\ntwo{NL}{Q}Bob: {L}image omitted{NL}"
IPHONE_TAIL: Expected = (m("Bob", "one\ntwo"), ("Bob", "media", None))
SUBJECT = 'Tom changed the subject from "A" to "Planning: hedge"'
TRANSCRIPT = "".join(f"0{day}/02/2021, 08:0{day} - Zoe Stranger: old {day}\n" for day in range(1, 4))
