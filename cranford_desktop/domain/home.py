"""What Home tells the clerk."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class HomeItem:
	"""One thing that needs her, most urgent first."""

	key: str
	"""What it is about: "policy_review", "request:3", "case:2", "retention", "backup", "recovery_sheet", "import"."""
	tone: Literal["warn", "danger", "info", "plain"]
	head: str
	body: str
	action: str
	"""Words of its button."""
	target: str
	"""Where the button leads: a tab key ("requests", "cases", "retention", "import", "archive", "people"), with
	":id" where it opens one thing, or an act: "act:backup", "act:recovery_sheet", "act:policy"."""
	due: date | None = None


@dataclass(frozen=True, slots=True)
class HomePage:
	"""Everything on Home."""

	council: str
	practice: bool
	today: date
	messages: int
	groups: int
	items: tuple[HomeItem, ...]
	phones: tuple[tuple[str, str, datetime, datetime], ...]
	"""(group, phone, last message it shows, last import)."""
	last_backup: datetime | None
	backup_place: str | None
	backup_stale: bool
	"""Whether there are messages and no back-up as recent as the council's rules want."""
	to_look_at: int = 0
	"""Messages that may hold private details; told quietly, never as a task."""
