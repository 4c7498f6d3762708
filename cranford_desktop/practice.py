"""The practice council: built from its export files through the real importer, with a pack, cases and a report.

Everything in it is invented. It lives on Monday 23 November 2026 and says so.
"""

import shutil
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from cranford_desktop.domain.cases import CaseDraft
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.work import Progress, Stopped, check, never, unheard
from cranford_desktop.errors import CranfordError
from cranford_desktop.paths import resources
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.council import Council, create_council, open_council

MARK = "made-by-cranford-demo.txt"
_MARK_WORDS = "This folder was made by `cranford-desktop --demo`. Running it again renews what lies here.\n"
_MADE = ("archive", "foi-pack", "retention-report", "pictures")

_MAIN = "Thistlemere Councillors"
# Every export, with its group and phone, in the order in which the members handed them in.
_TAKEN = (
	("android/WhatsApp Chat with Thistlemere Councillors.zip", _MAIN, "Cllr Ashdown's phone"),
	("iphone-12h/WhatsApp Chat - Thistlemere Councillors.zip", _MAIN, "The clerk's phone"),
	("iphone-24h/WhatsApp Chat - Thistlemere Councillors.zip", _MAIN, "Cllr Pritchard's phone"),
	("iphone-12h/WhatsApp Chat - Drainage working group.zip", "Drainage working group", "The clerk's phone"),
	("iphone-24h/WhatsApp Chat - Events and newsletter.zip", "Events and newsletter", "Cllr Pritchard's phone"),
)
_HOLDERS = {
	"Cllr Ashdown's phone": "Ruth Ashdown",
	"The clerk's phone": "Helen Stott",
	"Cllr Pritchard's phone": "Gwen Pritchard",
}
_REGISTER = {
	_MAIN: (date(2019, 5, 1), "Helen Stott, clerk"),
	"Drainage working group": (date(2025, 2, 18), "Imran Qureshi"),
	"Events and newsletter": (date(2025, 1, 6), "Dilys Mawson"),
}
_LEFT_UNKNOWN = ("+", "~")
"""How renderings begin that stay unnamed: numbers and names that people give themselves, for "who is who" to try."""


@dataclass(frozen=True, slots=True)
class Demo:
	"""The practice council, open, and everything that was made with it."""

	council: Council
	archive: Path
	files: tuple[Path, ...]


def build_practice(
	folder: Path, *, clock: Clock, tables: PolicyTables, progress: Progress = unheard, stopped: Stopped = never
) -> Council:
	"""Build the practice council in a new or empty folder and return it open."""
	story = tomllib.loads((resources() / "practice" / "story.toml").read_text(encoding="utf-8"))
	made = not folder.exists()
	council, _ = create_council(folder, story["council"]["name"], None, practice=True, clock=clock, tables=tables)
	try:
		for export, group, phone in _TAKEN:
			check(stopped)
			path = resources() / "practice" / "exports" / export
			council.importing.import_file(path, group=group, phone=phone, progress=progress, stopped=stopped)
		_register_groups(council)
		_name_people(council, story)
		_name_holders(council)
		_log_cases(council, story)
		council.finding.scan(progress, stopped)
	except BaseException:
		council.close()
		if made:
			shutil.rmtree(folder)
		raise
	return council


def open_practice(
	folder: Path, *, clock: Clock, tables: PolicyTables, progress: Progress = unheard, stopped: Stopped = never
) -> Council:
	"""Open the practice council in a folder, building it first where there is none; cancelled, nothing is left."""
	if not folder.exists():
		fresh = folder.with_name(folder.name + ".new")
		if fresh.exists():
			shutil.rmtree(fresh)
		build_practice(fresh, clock=clock, tables=tables, progress=progress, stopped=stopped).close()
		fresh.rename(folder)
	return open_council(folder, None, clock=clock, tables=tables)


def build_demo(folder: Path, *, clock: Clock, tables: PolicyTables, say: Callable[[str], None]) -> Demo:
	"""Build the practice council with its FOI pack and retention report; renew an earlier demo, touch nothing else.

	Raises `CranfordError` for a folder that holds something the demo did not make.
	"""
	_clear(folder)
	say("Building the practice council from its export files …")
	council = build_practice(folder / "archive", clock=clock, tables=tables)
	say(f"{council.name}: {council.browsing.count():,} messages in {len(council.browsing.groups())} groups.")
	files = [folder / "foi-pack" / one for one in make_practice_pack(council, folder / "foi-pack")]
	say("FOI pack made, opened again and checked for the words that were removed: none found.")
	files += council.retention.write_report(None, folder / "retention-report")
	return Demo(council, folder / "archive", tuple(files))


def make_practice_pack(council: Council, out: Path) -> list[str]:
	"""Answer the practice request about Mill Lane, with a resident's name, number and address taken out."""
	request = council.requests.create(
		regime="eir",
		received=date(2026, 11, 2),
		requester="Alex Example",
		wording="All messages about drainage and flooding at Mill Lane since January 2025.",
	)
	for words in ('"mill lane"', '"mill ln"', "hartley"):
		council.gathering.gather(request.id, MessageFilter(search=words, start=date(2025, 1, 1)))
	council.gathering.confirm_set(request.id)
	for candidate in council.deciding.candidates(request.id):
		advice = "solicitor" in (candidate.row.text or "")
		council.deciding.decide(
			request.id,
			(candidate.row.id,),
			"withhold" if advice else "release",
			exemption="reg 12(5)(b)" if advice else None,
			reason="Legal advice to the council." if advice else None,
			prejudice="It would show the council's position in a dispute that is still open." if advice else None,
			public_interest="Openness about spending on drainage, and that the council reported it early."
			if advice
			else None,
			balance="For now the council's ability to take advice in confidence weighs more." if advice else None,
			with_media=not advice and candidate.row.kind == "media",
		)
	for words in (
		"Mrs Hartley",
		"Joan Hartley",
		"Hartley",
		"Joan",
		"Mrs H",
		"14 Mill Lane",
		"number 14",
		"no 14",
		"no 16",
		"Karen",
	):
		council.redacting.redact(request.id, "text", words, "reg 13", reason="A resident's personal information.")
	for pattern in ("phone", "email"):
		council.redacting.redact(request.id, "pattern", pattern, "reg 13", reason="A private number or address.")
	result = council.disclosing.make_pack(request.id)
	return [one.path for one in council.disclosing.place(request.id, result.pack_number, out)]


def _clear(folder: Path) -> None:
	"""Make the demo's folder ready: new, empty, or renewed where the demo made it."""
	if folder.exists() and not folder.is_dir():
		raise CranfordError(f"{folder} is a file, not a folder.", "It was not touched.", "Name another folder.")
	if folder.is_dir() and any(folder.iterdir()):
		if not (folder / MARK).is_file():
			raise CranfordError(
				f"The folder {folder} holds something that the demo did not make.",
				"It was not touched.",
				"Name a new or empty folder: cranford-desktop --demo FOLDER.",
			)
		for name in _MADE:
			if (folder / name).is_dir() and not (folder / name).is_symlink():
				shutil.rmtree(folder / name)
	folder.mkdir(parents=True, exist_ok=True)
	(folder / MARK).write_text(_MARK_WORDS, encoding="utf-8")


def _name_people(council: Council, story: dict[str, list[dict[str, object]]]) -> None:
	"""Confirm the members' names as their contact lists show them."""
	seen = {sender.rendered for sender in council.people.senders()}
	for person in story["people"]:
		for rendered in person["shown"]:  # type: ignore[attr-defined]
			if rendered in seen and not str(rendered).startswith(_LEFT_UNKNOWN):
				council.people.name_sender(str(rendered), str(person["name"]), str(person["role"]))


def _register_groups(council: Council) -> None:
	for group in council.groups.all():
		since, admin = _REGISTER[group.name]
		council.groups.change(group.id, name=group.name, since=since, admin=admin)


def _name_holders(council: Council) -> None:
	people = {one.name: one.id for one in council.people.people()}
	for phone in council.importing.phones():
		council.importing.set_phone(phone.id, phone.name, people[_HOLDERS[phone.name]])


def _log_cases(council: Council, story: dict[str, list[dict[str, object]]]) -> None:
	main = MessageFilter(group=_MAIN)

	def messages(part: str) -> tuple[int, ...]:
		moments = {one["at"] for one in story[part] if isinstance(one["at"], datetime)}
		minutes = {moment.replace(second=0) for moment in moments}
		return tuple(row.id for row in council.browsing.stream(main) if row.sent_at.replace(second=0) in minutes)

	council.casework.log(
		CaseDraft(
			kind="dispute",
			title="Hall keys",
			happened_on=date(2025, 10, 7),
			noticed_at=None,
			people=("Neil Farrow", "Dilys Mawson"),
			facts="Two members disagreed in the group about who lent out the hall keys. One message was deleted.",
			message_ids=messages("dispute"),
		)
	)
	council.casework.log(
		CaseDraft(
			kind="policy_breach",
			title="Spending agreed in the chat",
			happened_on=date(2026, 3, 11),
			noticed_at=None,
			people=("Imran Qureshi",),
			facts="A quotation was put to a show of thumbs in the group and called agreed.",
			own_view="Meant well; the order was held in time.",
			clause="2.2",
			message_ids=messages("policy_breach"),
		)
	)
