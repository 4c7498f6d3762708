"""Dates, numbers and names in words, the same in every document and on every system."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from cranford_desktop.domain.day_words import DAYS, MONTHS
from cranford_desktop.domain.disclosure import Piece, Regime

REGIMES = {
	"foi": "Freedom of Information Act 2000",
	"eir": "Environmental Information Regulations 2004",
	"sar": "Subject access: UK GDPR and Data Protection Act 2018",
}
STATUSES = {
	"released": "Released",
	"redacted": "Released in part",
	"withheld": "Withheld",
	"not_in_scope": "Not in scope",
	"not_held": "Not held",
}
_LATE_OCTOBER = 25
_OCTOBER, _SUNDAY = 10, 6


def exemption(regime: Regime) -> str:
	"""Return what the law calls a ground for withholding: the EIR have exceptions (reg 12), others exemptions."""
	return "Exception" if regime == "eir" else "Exemption"


def day(value: date) -> str:
	"""Return "4 May 2026"."""
	return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def day_short(value: date) -> str:
	"""Return "4 May 2026" with the month in three letters."""
	return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"


def weekday(value: date) -> str:
	"""Return "Monday 4 May 2026"."""
	return f"{DAYS[value.weekday()]} {day(value)}"


def clock(value: datetime, precision: str = "minute") -> str:
	"""Return "19:05", with seconds where the export shows them."""
	return f"{value:%H:%M:%S}" if precision == "second" else f"{value:%H:%M}"


def moment(value: datetime) -> str:
	"""Return "4 May 2026, 19:05"."""
	return f"{day(value)}, {value:%H:%M}"


def came_twice(value: datetime) -> bool:
	"""Return whether a UK wall time falls into the hour that the clocks go through twice in October."""
	last_sunday = value.month == _OCTOBER and value.day >= _LATE_OCTOBER and value.weekday() == _SUNDAY
	return last_sunday and timedelta(hours=1) <= value - datetime.combine(
		value.date(), datetime.min.time()
	) < timedelta(hours=2)


def count(number: int, one: str, many: str | None = None) -> str:
	"""Return "1 message", "1,204 messages"."""
	return f"{number:,} {one if number == 1 else many or one + 's'}"


def plain(pieces: Iterable[Piece]) -> str:
	"""Return pieces as plain text: a label stands in square brackets."""
	return "".join(f"[{piece.text}]" if piece.is_label else piece.text for piece in pieces)
