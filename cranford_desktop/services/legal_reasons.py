"""What the law asks to be written down for an exemption: filled in once for a request, used by each decision."""

from collections.abc import Mapping
from dataclasses import dataclass

from cranford_desktop.domain.exemption_fields import Answers, FieldRule, Wording
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.policy_tables import find_exemption
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.request_messages import NOTHING_CHANGED
from cranford_desktop.store import casebook
from cranford_desktop.store.archive import Archive
from cranford_desktop.store.request_reasons import reasons, uses, write_reasons


@dataclass(frozen=True, slots=True)
class Asked:
	"""An exemption in one request: what has to be written down, what is, and how much rests on it."""

	code: str
	title: str
	fields: tuple[FieldRule, ...]
	answers: Answers
	beginnings: tuple[Wording, ...]
	"""Wordings it can begin with."""
	used: int
	"""Messages, single files and coverings-up that rest on it."""
	missing: tuple[FieldRule, ...]
	"""What is not written down yet, or cannot be right."""


class LegalReasons:
	"""Keeps the reasons of requests; each change is recorded by code, never by its words."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def asked(self, request_id: int, code: str) -> Asked:
		"""Return what an exemption asks for in a request; raises `NotFound` for one its law does not have."""
		return self.all_asked(request_id, (code,))[0]

	def all_asked(self, request_id: int, codes: tuple[str, ...]) -> list[Asked]:
		"""Return what several exemptions ask for."""
		rules, today = self._tables.reasons, self._clock().date()
		with self._archive.reading() as connection:
			request = casebook.request(connection, request_id)
			held, used = reasons(connection, request_id), uses(connection, request_id)
		made = []
		for written in codes:
			exemption = find_exemption(self._tables, written, request.regime)
			code = exemption.code
			answers = held.get(code, {})
			made.append(
				Asked(
					code,
					exemption.title,
					rules.of(code),
					answers,
					rules.beginnings(code),
					used.get(code, 0),
					rules.missing(code, answers, request.received, today),
				)
			)
		return made

	def in_use(self, request_id: int) -> list[Asked]:
		"""Return the exemptions that something in a request rests on, in the order of the law's table."""
		with self._archive.reading() as connection:
			regime, used = casebook.regime_of(connection, request_id), uses(connection, request_id)
		codes = tuple(one.code for one in self._tables.exemptions if regime in one.regimes and one.code in used)
		return self.all_asked(request_id, codes)

	def faults(self, request_id: int, code: str, answers: Answers) -> dict[str, str]:
		"""Return what is missing or wrong in answers that are about to be kept, by field key."""
		with self._archive.reading() as connection:
			received = casebook.request(connection, request_id).received
		return self._tables.reasons.faults(code, answers, received, self._clock().date())

	def record(self, request_id: int, code: str, answers: Mapping[str, str]) -> int:
		"""Keep the answers for an exemption in place of those there are; return how many changed.

		What is missing stays missing, so that work can be put down half done. Raises `RefusedByPolicy` for a field that
		the exemption does not ask for.
		"""
		now = self._clock()
		with self._archive.writing(now) as change:
			regime = casebook.regime_of(change.connection, request_id)
			known = find_exemption(self._tables, code, regime).code
			keys = {rule.key for rule in self._tables.reasons.of(known)}
			if not answers.keys() <= keys:
				raise RefusedByPolicy(
					f"{known} does not ask for that.", NOTHING_CHANGED, f"It asks for: {sorted(keys)}."
				)
			kept = {key: value.strip() for key, value in answers.items() if value.strip()}
			changed = write_reasons(change.connection, request_id, known, kept, now)
			change.record(
				"wrote down the reasons for an exemption",
				{"request": request_id, "exemption": known, "fields": len(kept), "changed": changed},
			)
		return changed
