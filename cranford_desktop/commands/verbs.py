"""The verbs of `cranford`: each opens the archive, calls one service, prints what it answered."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cranford_desktop.commands import printing
from cranford_desktop.domain.clocks import deadline
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.errors import CranfordError, NotBuiltYet, ProblemWithFile
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.council import Council, create_council, needs_secret, open_council
from cranford_desktop.services.safekeeping import NO_DISPOSAL_RECORD, restore
from cranford_desktop.services.written_request import parse_request

PASSPHRASE = "CRANFORD_PASSPHRASE"  # noqa: S105 - the name of a variable, not a secret
Say = Callable[[str], None]


class Verbs:
	"""Carries what every verb needs: the clock, the policy tables, and where words go."""

	def __init__(self, clock: Clock, tables: PolicyTables, out: Say, warn: Say) -> None:
		self._clock = clock
		self._tables = tables
		self._out = out
		self._warn = warn

	def run(self, asked: argparse.Namespace) -> int:
		"""Run the verb that was asked for and return the exit code; raises `CranfordError`."""
		verb: Callable[[argparse.Namespace], int] = getattr(self, f"_{asked.verb}")
		return verb(asked)

	@contextmanager
	def _open(self, folder: Path) -> Iterator[Council]:
		council = open_council(folder, self._secret(folder), clock=self._clock, tables=self._tables)
		try:
			yield council
		finally:
			council.close()

	def _secret(self, folder: Path) -> str | None:
		given = os.environ.get(PASSPHRASE)
		if given is not None:
			return given or None
		if not needs_secret(folder):
			return None
		return _prompt("Pass phrase or recovery key: ")

	def _answer(self, asked: argparse.Namespace, value: dict[str, Any], words: str) -> None:
		self._out(printing.as_json(value) if asked.json else words)

	def _new(self, asked: argparse.Namespace) -> int:
		passphrase = None
		if not asked.no_passphrase:
			passphrase = os.environ.get(PASSPHRASE)
			if passphrase is None:
				if not sys.stdin.isatty():
					raise _no_passphrase()
				passphrase = _prompt("New pass phrase: ")
				if passphrase != _prompt("The same again: "):
					raise CranfordError("The two pass phrases differ.", "Nothing was made.", "Try again.")
			if not passphrase:
				raise _no_passphrase()
		name = asked.council or ("Practice Parish Council" if asked.practice else self._tables.council)
		council, recovery_key = create_council(
			asked.archive, name, passphrase, practice=asked.practice, clock=self._clock, tables=self._tables
		)
		council.close()
		words = f"Made the archive of {name} in {asked.archive}."
		if recovery_key is not None:
			words += f"\nRecovery key: {recovery_key}\nWrite it down, apart from the laptop. It is not shown again."
		self._answer(asked, {"archive": str(asked.archive), "council": name, "recovery_key": recovery_key}, words)
		return 0

	def _import(self, asked: argparse.Namespace) -> int:
		results: list[dict[str, Any]] = []
		failed = False
		with self._open(asked.archive) as council:
			for path in asked.files:
				try:
					taken = council.importing.import_file(
						path, group=asked.group, phone=asked.phone, date_order=asked.date_order
					)
				except CranfordError as problem:
					failed = True
					results.append({"file": str(path), "error": str(problem)})
					self._warn(f"{path}: {problem}")
					continue
				results.append(printing.receipt(taken, str(path)))
				for warning in taken.warnings:
					self._warn(f"{path}: {warning}")
				if not asked.json:
					self._out(
						f"{path}: {taken.records:,} records in {taken.group} ({taken.phone}), {taken.new:,} new, "
						f"{taken.matched:,} held already, {taken.media_present:,} photos and files, "
						f"{taken.media_missing:,} not in the export."
					)
		if asked.json:
			self._out(printing.as_json({"files": results}))
		return 2 if failed else 0

	def _messages(self, asked: argparse.Namespace) -> int:
		wanted = MessageFilter(
			search=asked.search, group=asked.group, person=asked.person, start=asked.start, end=asked.end
		)
		with self._open(asked.archive) as council:
			found = (printing.message(one) for one in council.browsing.details(wanted))
			if asked.format == "csv":
				for line in printing.csv_lines(found):
					self._out(line.removesuffix("\r\n"))
			else:
				for one in found:
					self._out(printing.as_json(one))
		return 0

	def _deadline(self, asked: argparse.Namespace) -> int:
		answer = deadline(
			asked.kind,
			_received(asked.kind, asked.received),
			regime=asked.regime,
			clarification_asked=asked.clarification_asked,
			clarified=asked.clarified,
			fee_asked=asked.fee_asked,
			fee_paid=asked.fee_paid,
			extended=asked.extended,
			holidays=self._tables.holidays,
			rules=self._tables.clocks,
		)
		due = printing.moment(answer.due) if isinstance(answer.due, datetime) else answer.due.isoformat()
		value = {
			"due": due,
			"working": [{"date": one.day.isoformat(), "why": one.why} for one in answer.working],
			"notes": list(answer.notes),
		}
		self._answer(asked, value, "\n".join([f"Due {due}", *(one.sentence for one in answer.working), *answer.notes]))
		return 0

	def _disclose(self, asked: argparse.Namespace) -> int:
		try:
			data = asked.request.read_bytes()
		except OSError as problem:
			raise ProblemWithFile(
				f"The request {asked.request} cannot be read: {problem.strerror}.", "No pack was made."
			) from None
		document = parse_request(data)
		with self._open(asked.archive) as council:
			result = council.disclosing.disclose(document, asked.out)
		words = (
			f"{result.reference}: {result.released:,} of {result.messages:,} messages released, {result.redacted:,} of "
			f"them with redactions; {result.withheld:,} withheld. Checked for the words you removed: none found. "
			f"The pack lies in {asked.out}."
		)
		for field in result.not_recorded:
			self._warn(f"Not recorded: {field}")
		for warning in result.warnings:
			self._warn(warning)
		self._answer(asked, printing.pack(result), words)
		return 0

	def _retention(self, asked: argparse.Namespace) -> int:
		with self._open(asked.archive) as council:
			position = council.retention.position(asked.on)
			if asked.report is not None:
				council.retention.write_report(asked.on, asked.report)
		held = "".join(f"\nHeld: {one.messages:,} – {one.reason}" for one in position.held)
		first = f"first due {position.first_due:%Y-%m-%d}" if position.first_due else "nothing held yet"
		self._answer(asked, printing.retention(position), f"On {position.on}: {position.due:,} due, {first}.{held}")
		return 0

	def _review(self, _asked: argparse.Namespace) -> int:
		raise NotBuiltYet("review", "Nothing was changed. The window's yearly review makes the schedule.")

	def _dispose(self, _asked: argparse.Namespace) -> int:
		raise NotBuiltYet("dispose", "Nothing was erased.")

	def _verify(self, asked: argparse.Namespace) -> int:
		with self._open(asked.archive) as council:
			result = council.safekeeping.verify()
		for problem in result.problems:
			self._warn(problem)
		self._answer(
			asked,
			{
				"messages": result.messages,
				"attachments": result.attachments,
				"ledger_entries": result.ledger_entries,
				"problems": list(result.problems),
			},
			f"Read again: {result.messages:,} messages, {result.attachments:,} photos and files, "
			f"{result.ledger_entries:,} entries of the record of actions. Problems: {len(result.problems)}.",
		)
		return 2 if result.problems else 0

	def _backup(self, asked: argparse.Namespace) -> int:
		with self._open(asked.archive) as council:
			result = council.safekeeping.backup(asked.to)
		for problem in result.problems:
			self._warn(problem)
		value = {"path": str(result.path), "messages": result.messages, "verified": result.verified}
		read = "and read everything in it again" if result.verified else "but not everything in it could be read again"
		self._answer(asked, value, f"Backed up {result.messages:,} messages to {result.path} {read}.")
		return 0 if result.verified else 2

	def _export(self, asked: argparse.Namespace) -> int:
		with self._open(asked.archive) as council:
			made = council.exporting.export(asked.to, lambda one: printing.as_json(printing.message(one)))
		value = {"path": str(made.path), "messages": made.messages, "files": made.files}
		words = (
			f"Wrote {made.messages:,} messages and {made.files:,} photos and files to {made.path}, readable by anybody."
		)
		self._answer(asked, value, words)
		return 0

	def _restore(self, asked: argparse.Namespace) -> int:
		result = restore(asked.backup, asked.archive, self._secret(asked.backup), self._clock())
		for words in (*result.problems, NO_DISPOSAL_RECORD):
			self._warn(words)
		value = {"restored": result.messages, "disposal_record": None}
		self._answer(asked, value, f"Restored {result.messages:,} messages into {asked.archive}.")
		return 2 if result.problems else 0

	def _demo(self, asked: argparse.Namespace) -> int:
		from cranford_desktop.practice import build_demo

		made = build_demo(
			asked.folder, clock=self._clock, tables=self._tables, say=self._warn if asked.json else self._out
		)
		made.council.close()
		value = {"archive": str(made.archive), "files": [str(path) for path in made.files]}
		self._answer(asked, value, "\n".join(["The practice council is ready:", *(f"  {path}" for path in made.files)]))
		return 0


def _no_passphrase() -> CranfordError:
	return CranfordError(
		"No pass phrase was given.",
		"Nothing was made.",
		f"Set {PASSPHRASE}, or say --no-passphrase to choose, on record, to have none.",
	)


def _prompt(words: str) -> str:
	if not sys.stdin.isatty():
		raise CranfordError(
			"This archive has a pass phrase, and nobody is here to type it.",
			"Nothing was changed.",
			f"Set {PASSPHRASE}.",
		)
	return getpass.getpass(words)


def _received(kind: str, text: str) -> date | datetime:
	try:
		if kind == "data-breach":
			if "T" not in text:
				raise ValueError
			return datetime.fromisoformat(text)
		if len(text) != len("2026-11-23"):
			raise ValueError
		return date.fromisoformat(text)
	except ValueError:
		form = "YYYY-MM-DDTHH:MM, such as 2026-11-27T16:10" if kind == "data-breach" else "YYYY-MM-DD"
		raise CranfordError(f"RECEIVED has to be a UK date as {form}; it is “{text}”.") from None
