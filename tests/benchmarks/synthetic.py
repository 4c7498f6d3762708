"""Invented exports of any length, as a busy council group would make them; the same every time.

Twelve senders, among them "Clerk - Susan", a phone number and an emoji; 7 of 100 messages over several lines; 9 of 100
left out, deleted or edited; 8 of 1,000 lines of the app itself.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

PEOPLE = (
	"Ann Example",
	"Bob Sample",
	"Cllr Carol Fiction",
	"Clerk - Susan",
	"Dave Invented",
	"Edith Placeholder",
	"+44 7700 900123",
	"Frank 🌳",
	"Grace O'Nobody",
	"Harry Made-Up",
	"Isla (Allotments)",
	"Jack",
)
WORDS = (
	"drain culvert Mill Lane hedge verge quote agenda minutes clerk chair county highways meeting tonight thanks "
	"agreed could someone ring the contractor about the gate key hall boiler allotment bin bench grass and we will "
	"have to see what they say at the next planning committee before anybody orders more of it £450 café"
).split()
NOTICE = (
	"Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen "
	"to them."
)
START = datetime(2020, 1, 1, 8, 0)
LRM = "\u200e"

Platform = Literal["android", "iphone"]
PLATFORMS: tuple[Platform, ...] = ("android", "iphone")


def write(path: Path, messages: int, platform: Platform) -> Path:
	"""Write an export of so many records."""
	with path.open("w", encoding="utf-8", newline="") as file:
		file.writelines(records(messages, platform))
	return path


def records(messages: int, platform: Platform) -> Iterator[str]:
	"""Yield the records of an export as the phone writes them."""
	chance = random.Random(7)  # noqa: S311 - the same export every time
	step = timedelta(days=6 * 365) / messages
	iphone = platform == "iphone"
	end = "\r\n" if iphone else "\n"
	for number in range(messages):
		at = START + step * number
		head = f"[{at:%d/%m/%Y, %H:%M:%S}] " if iphone else f"{at:%d/%m/%Y, %H:%M} - "
		who = PEOPLE[int(chance.random() ** 1.6 * len(PEOPLE))]
		if number == 0:
			yield f"{head}{'Parish Council: ' + LRM if iphone else ''}{NOTICE}{end}"
		elif chance.random() < 0.008:
			yield f"{head}{_app_line(who, chance, iphone)}{end}"
		else:
			marked, body = _body(at, number, chance, iphone)
			yield f"{LRM if marked else ''}{head}{who}: {body}{end}"


def _app_line(who: str, chance: random.Random, iphone: bool) -> str:
	"""Write a line of the app."""
	line = chance.choice(
		(
			f"{who} left",
			f"{who} changed this group's icon",
			f"{who} changed the group description",
			f"{who} added {chance.choice(PEOPLE)}",
			f'{who} changed the subject from "Parish" to "Parish: news"',
			f"{who} pinned a message",
		)
	)
	return f"{who}: {LRM}{line}" if iphone else line


def _body(at: datetime, number: int, chance: random.Random, iphone: bool) -> tuple[bool, str]:
	"""Write what stands after a name; also whether an iPhone marks the record's header."""
	text = " ".join(chance.choices(WORDS, k=chance.randint(1, 33)))
	kind = chance.random()
	if kind < 0.02:
		return iphone, f"{LRM}image omitted" if iphone else "<Media omitted>"
	if kind < 0.055:
		if iphone:
			return True, f"{LRM}<attached: {number:08d}-PHOTO-{at:%Y-%m-%d-%H-%M-%S}.jpg>"
		return False, f"IMG-{at:%Y%m%d}-WA{number % 10000:04d}.jpg (file attached)"
	if kind < 0.07:
		return iphone, f"{LRM}This message was deleted." if iphone else "This message was deleted"
	if kind < 0.09:
		return False, f"{text} {LRM if iphone else ''}<This message was edited>"
	if kind < 0.16:
		more = [" ".join(chance.choices(WORDS, k=chance.randint(1, 12))) for _ in range(chance.randint(1, 4))]
		return False, "\n".join((text, "", *more) if chance.random() < 0.3 else (text, *more))
	return False, text
