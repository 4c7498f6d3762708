"""A clerk's work in a process of its own that is killed: it says what it will do, does it, and says that it is done."""

import multiprocessing
import os
import random
import signal
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal, get_args

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.council import Council, create_council, open_council

NOW = datetime(2026, 11, 23, 10, 0)
LINES = 24
COVERED = ("rang", "Mill", "ditch", "gate", "hedge", "pipe")
Work = Literal["decide", "redact", "uncover", "pack"]
Moment = Literal["decide", "redact", "pack"]
MOMENTS: tuple[Moment, ...] = get_args(Moment)
_CLOCK = standing_clock(NOW)


def a_council_to_kill(folder: Path) -> int:
	"""Make a practice council with one request, its set confirmed; return the request's number."""
	council, _ = create_council(folder / "archive", "Practice", None, practice=True, clock=_CLOCK, tables=load())
	chat = folder / "WhatsApp Chat with Practice group.txt"
	chat.write_text(
		"".join(
			f"02/11/2025, 09:{minute:02} - Cllr Ashdown: Number {minute}: Mrs Potter {COVERED[minute % 6]} again\n"
			for minute in range(LINES)
		),
		encoding="utf-8",
	)
	try:
		council.importing.import_file(chat, group="Practice group")
		request = council.requests.create(
			regime="foi", received=NOW.date(), requester="Alex Example", wording="Everything about the ditch"
		)
		council.gathering.gather(request.id, MessageFilter(group="Practice group"))
		council.gathering.confirm_set(request.id)
		return request.id
	finally:
		council.close()


def work_until_killed(folder: str, request_id: int, seed: int, told: Connection) -> None:
	"""Decide, cover up, uncover and make packs for ever; tell of each step before it and after it."""
	council = open_council(Path(folder) / "archive", None, clock=_CLOCK, tables=load())
	chance = random.Random(seed)  # noqa: S311
	while True:
		ids = [one.row.id for one in council.deciding.candidates(request_id)]
		for one in ids:
			choice = chance.choice(("release", "not_in_scope", "withhold"))
			told.send(("will", "decide", one, choice))
			why = {"exemption": "s40(2)", "reason": "a resident", "balance": "no need"} if choice == "withhold" else {}
			council.deciding.decide(request_id, [one], choice, **why)
			told.send(("done", "decide", one, choice))
		for one in council.redacting.redactions(request_id)[:2]:
			told.send(("will", "uncover", one.id, one.value))
			council.redacting.remove_redaction(request_id, one.id)
			told.send(("done", "uncover", one.id, one.value))
		held = {one.value for one in council.redacting.redactions(request_id)}
		for words in [one for one in COVERED if one not in held][:2]:
			told.send(("will", "redact", 0, words))
			council.redacting.redact(request_id, "text", words, "s40(2)")
			told.send(("done", "redact", 0, words))
		told.send(("will", "pack", 0, ""))
		made = council.disclosing.make_pack(request_id)
		told.send(("done", "pack", made.pack_number, ""))


@dataclass(slots=True)
class Told:
	"""What the process said it had done, and what it was about when it was killed."""

	decided: dict[int, str] = field(default_factory=dict)
	covered: set[str] = field(default_factory=set)
	packs: int = 0
	about: tuple[Work, int, str] | None = None

	def hear(self, said: tuple[str, Work, int, str]) -> None:
		"""Take in one thing it said."""
		when, work, number, words = said
		if when == "will":
			self.about = (work, number, words)
			return
		self.about = None
		if work == "decide":
			self.decided[number] = words
		elif work == "pack":
			self.packs = number
		else:
			(self.covered.add if work == "redact" else self.covered.discard)(words)

	def settle(self, council: Council, request_id: int) -> None:
		"""Take what it was about when killed as it stands now: it may be there, or not."""
		self.decided = decided(council, request_id)
		self.covered = covered(council, request_id)
		self.packs = len(council.disclosing.packs(request_id))
		self.about = None


def decided(council: Council, request_id: int) -> dict[int, str]:
	"""Return what stands decided, by message."""
	found = council.deciding.candidates(request_id)
	return {one.row.id: one.decision.choice for one in found if one.decision is not None}


def covered(council: Council, request_id: int) -> set[str]:
	"""Return the words that stand covered up."""
	return {one.value for one in council.redacting.redactions(request_id)}


def kill_while(folder: Path, request_id: int, seed: int, moment: Moment, told: Told, spans: dict[str, float]) -> None:
	"""Let the process work and kill it somewhere in a step of a kind; `spans` learns how long such steps take."""
	context = multiprocessing.get_context("spawn")
	ours, theirs = context.Pipe(duplex=False)
	process = context.Process(target=work_until_killed, args=(str(folder), request_id, seed, theirs))
	process.start()
	theirs.close()
	chance = random.Random(seed)  # noqa: S311
	wanted = 1 if moment == "pack" and moment in spans else chance.randint(1, 2 if moment != "decide" else LINES)
	seen, begun = 0, 0.0
	while seen < wanted or told.about is None:
		assert ours.poll(120), "the process said nothing"
		said = ours.recv()
		told.hear(said)
		if said[1] == moment:
			if said[0] == "will":
				seen, begun = seen + 1, time.perf_counter()
			else:
				spans[moment] = time.perf_counter() - begun
	threading.Event().wait(chance.random() * spans.get(moment, 0.01))
	assert process.pid is not None
	os.kill(process.pid, signal.SIGKILL)
	process.join()
	while ours.poll():
		try:
			told.hear(ours.recv())
		except EOFError:
			break
	ours.close()


def faults_after(council: Council, request_id: int, told: Told) -> list[str]:
	"""Say in which way the records do not hold what was said to be done; empty: nothing is lost, nothing is half."""
	work, number, words = told.about or ("", 0, "")
	found = []
	stands = decided(council, request_id)
	may = {number: words} if work == "decide" else {}
	for message_id, choice in told.decided.items():
		if stands.get(message_id) not in (choice, may.get(message_id, choice)):
			found.append("a decision that was done is lost")
	if set(stands) - set(told.decided) - set(may):
		found.append("there is a decision that nobody made")
	differs = covered(council, request_id) ^ told.covered
	if differs - ({words} if work in ("redact", "uncover") else set()):
		found.append("what is covered up is not what was said to be")
	return found + _pack_faults(council, request_id, told.packs, 1 if work == "pack" else 0)


def _pack_faults(council: Council, request_id: int, least: int, more: int) -> list[str]:
	found = []
	packs = council.disclosing.packs(request_id)
	if not least <= len(packs) <= least + more:
		found.append("a pack that was made is lost, or one is there that was not")
	if [one.number for one in packs if not one.superseded] != ([len(packs)] if packs else []):
		found.append("not exactly the newest pack holds")
	for one in packs:
		readable = council.disclosing.files(request_id, one.number)
		if sorted(readable) != sorted(file.path for file in one.result.files):
			found.append("a pack is half")
	with council.archive.reading() as connection:
		made = connection.exec_driver_sql("SELECT count(*) FROM ledger WHERE action = 'made a pack'").scalar()
		kept = connection.exec_driver_sql("SELECT count(*) FROM sealed_file").scalar()
	if made != len(packs):
		found.append("the record of actions does not have the packs")
	if kept != sum(1 for _ in (council.folder / "files").iterdir()):
		found.append("files lie in the archive that nothing points to, or are missing")
	return found + list(council.safekeeping.verify().problems)


def killed(folder: Path, moments: Sequence[Moment], seed: int = 0) -> None:
	"""Kill the work once in each of these moments and look at the records after each."""
	request_id = a_council_to_kill(folder)
	told, spans = Told(), dict[str, float]()
	for turn, moment in enumerate(moments):
		kill_while(folder, request_id, seed * 1000 + turn, moment, told, spans)
		council = open_council(folder / "archive", None, clock=_CLOCK, tables=load())
		try:
			assert faults_after(council, request_id, told) == [], (turn, moment)
			told.settle(council, request_id)
		finally:
			council.close()
