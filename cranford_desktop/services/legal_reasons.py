"""What the law asks to be written down for an exemption: filled in once for a request, used by each decision."""

from collections.abc import Mapping
from dataclasses import dataclass

from cranford_desktop.domain.disclosure import Regime
from cranford_desktop.domain.exemption_fields import NOT_HELD, Answers, FieldRule, Wording
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.policy_tables import find_exemption
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.request_messages import NOTHING_CHANGED
from cranford_desktop.store import casebook
from cranford_desktop.store.archive import Archive
from cranford_desktop.store.request_reasons import Use, reasons, uses, write_reasons

_UNUSED = Use(0, frozenset())


@dataclass(frozen=True, slots=True)
class Asked:
	"""An exemption in one request: what has to be written down, what is, and how much rests on it."""

	code: str
	"""`NOT_HELD` for what is private."""
	title: str
	fields: tuple[FieldRule, ...]
	answers: Answers
	beginnings: tuple[Wording, ...]
	"""Wordings it can begin with."""
	used: int
	"""Messages, single files and coverings-up that rest on it."""
	missing: tuple[FieldRule, ...]
	"""What is not written down yet and not said by each place itself, or cannot be right."""

	@property
	def named(self) -> str:
		"""Return its title with its code: "Someone else's personal data – s40(2)"."""
		return self.title if self.code == NOT_HELD else f"{self.title} – {self.code}"


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
			code, title = self._known(written, request.regime)
			answers, use = held.get(code, {}), used.get(code, _UNUSED)
			lacking = rules.missing(code, answers, request.received, today)
			made.append(
				Asked(
					code,
					title,
					rules.of(code),
					answers,
					rules.beginnings(code),
					use.places,
					tuple(rule for rule in lacking if rule.key not in use.carried or answers.get(rule.key)),
				)
			)
		return made

	def in_use(self, request_id: int) -> list[Asked]:
		"""Return the exemptions that something in a request rests on, in the order of the law's table."""
		with self._archive.reading() as connection:
			regime, used = casebook.regime_of(connection, request_id), uses(connection, request_id)
		codes = [one.code for one in self._tables.exemptions if regime in one.regimes and one.code in used]
		return self.all_asked(request_id, (*codes, *([NOT_HELD] if NOT_HELD in used else [])))

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
			known, _title = self._known(code, regime)
			keys = {rule.key for rule in self._tables.reasons.of(known)}
			if not answers.keys() <= keys:
				raise RefusedByPolicy(
					f"{known} does not ask for that.", NOTHING_CHANGED, f"It asks for: {', '.join(sorted(keys))}."
				)
			kept = {key: value.strip() for key, value in answers.items() if value.strip()}
			changed = write_reasons(change.connection, request_id, known, kept, now)
			change.record(
				"wrote down the reasons for an exemption",
				{"request": request_id, "exemption": known, "fields": len(kept), "changed": changed},
			)
		return changed

	def _known(self, code: str, regime: Regime) -> tuple[str, str]:
		"""Return a code as the law writes it and its title; raises `NotFound`."""
		if code == NOT_HELD:
			return NOT_HELD, self._tables.reasons.private
		exemption = find_exemption(self._tables, code, regime)
		return exemption.code, exemption.title
