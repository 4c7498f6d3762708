"""The council's policy as the app knows it: text, dates, minute, sentences, and the values that rest on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cranford_desktop.domain.costs import CostLimit
from cranford_desktop.domain.data_rights import RightWords
from cranford_desktop.domain.directory import LeaverStep
from cranford_desktop.domain.disclosure import Exemption
from cranford_desktop.domain.exemption_fields import ReasonRules
from cranford_desktop.domain.letters import Regulator
from cranford_desktop.domain.other_places import UsualPlace, WithoutReason
from cranford_desktop.domain.requests import Regime
from cranford_desktop.domain.second_look import LookRules


@dataclass(frozen=True, slots=True)
class Clause:
	"""One sentence of the policy."""

	key: str
	"""Stable: "2.3"; the closing lines are "dates"."""
	section: int
	point: int
	cite: str
	"""How she cites it: "section 2, third point"."""
	heading: str
	text: str


@dataclass(frozen=True, slots=True)
class Policy:
	"""One version of the council's WhatsApp Use Policy."""

	title: str
	text: str
	adopted: date
	minute: str
	review_due_year: int
	review_due_month: int
	review_every_years: int
	clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class RetentionClass:
	"""A kind of record and how long it is kept."""

	key: str
	title: str
	years: int | None
	"""None: decided at the next review."""
	trigger: str
	reason: str
	authority: str
	assumed: bool
	"""It rests on a policy that is not recorded yet."""


@dataclass(frozen=True, slots=True)
class Holiday:
	"""A bank holiday in some part of the United Kingdom."""

	day: date
	name: str
	nations: str
	"""Any of "E", "W", "S", "N"."""


@dataclass(frozen=True, slots=True)
class Holidays:
	"""The dated table of bank holidays."""

	first_year: int
	last_year: int
	certain_until: int
	"""Later years are provisional."""
	days: Mapping[date, Holiday]


@dataclass(frozen=True, slots=True)
class ClockRules:
	"""Values of `resources/policy/clocks.toml`, in working days, calendar days, months, hours or weeks as named."""

	foi_working_days: int
	foi_extended_working_days: int
	fee_months: int
	eir_working_days: int
	eir_extended_working_days: int
	sar_months: int
	sar_extended_months: int
	review_foi_working_days: int
	review_foi_extended_working_days: int
	review_eir_working_days: int
	complaint_days: int
	data_breach_hours: int
	hold_after_answer_working_days: int
	hold_after_answer_weeks: int


@dataclass(frozen=True, slots=True)
class HoldingLimits:
	"""Values of `resources/policy/holdings.toml`: from when on the archive says that something is missing."""

	cap_without_media: int
	cap_with_media: int
	"""Messages after which WhatsApp leaves out the oldest."""
	cap_tolerance: int
	opening_lines: int
	"""How many lines from an export's start show whether it begins with the conversation."""
	gap_days: int
	gap_messages: int
	silence_days: int
	silence_factor: int
	silence_least_days: int
	"""Days with messages a phone must show before its rhythm says anything."""
	behind_after_days: int
	wrote_within_days: int
	return_month: int
	days_to_answer: int

	def at_cap(self, records: int, *, with_media: bool) -> bool:
		"""Say whether an export of so many messages has reached WhatsApp's limit."""
		return records >= (self.cap_with_media if with_media else self.cap_without_media) - self.cap_tolerance


@dataclass(frozen=True, slots=True)
class MeetingRules:
	"""Values of `resources/policy/meetings.toml`."""

	days_before: int
	"""From so many days before a meeting Home speaks of what goes to it."""


@dataclass(frozen=True, slots=True)
class BackupRules:
	"""Values of `resources/policy/backups.toml`."""

	age_days: int
	"""A back-up older than so many days is mentioned."""


@dataclass(frozen=True, slots=True)
class PolicyTables:
	"""Everything in `resources/policy`, loaded once and handed to the rules as an argument."""

	policy: Policy
	retention: Sequence[RetentionClass]
	exemptions: Sequence[Exemption]
	holidays: Holidays
	clocks: ClockRules
	council: str
	holdings: HoldingLimits
	leavers: Sequence[LeaverStep]
	"""What is done when a member leaves office, in order."""
	meetings: MeetingRules
	backups: BackupRules
	cost_limit: CostLimit
	second_look: LookRules
	regulators: Sequence[Regulator]
	"""Who hears complaints, from which day on."""
	places: Sequence[UsualPlace]
	"""Where a council looks besides its archive."""
	without: Sequence[WithoutReason]
	"""Why a request is answered without the archive."""
	reasons: ReasonRules
	"""What has to be written down where an exemption is used."""
	tribunal_days: int
	"""Days to appeal against a decision of the regulator."""
	data_rights: Sequence[RightWords]
	counterparts: Sequence[Mapping[Regime, str]]
	"""Exemptions that answer to each other in the three laws."""


@dataclass(frozen=True, slots=True)
class PolicyVersion:
	"""A version of the council's policy as the archive recorded it."""

	id: int
	title: str
	text: str
	adopted: date
	minute: str
	review_due: str
	"""A month: "2026-09"."""
	recorded_at: datetime
