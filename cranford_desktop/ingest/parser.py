"""The characters of a chat text → records, in file order, with every character accounted for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cranford_desktop.domain.messages import DateOrder, Platform
from cranford_desktop.domain.work import Stopped, never
from cranford_desktop.ingest import dialect
from cranford_desktop.ingest.dates import Dates, settle
from cranford_desktop.ingest.layout import LaidOut, lay_out, without, without_quoted
from cranford_desktop.ingest.markers import Files
from cranford_desktop.ingest.names import Names
from cranford_desktop.ingest.quoting import quoted
from cranford_desktop.ingest.records import Reading, TextRecords
from cranford_desktop.ingest.sequence import out_of_sequence
from cranford_desktop.ingest.text import Text
from cranford_desktop.ingest.wording import several
from cranford_desktop.ingest.written_times import time_of


@dataclass(frozen=True, slots=True)
class Parsed:
	"""A chat text, read."""

	platform: Platform
	dates: Dates
	dialect: str
	records: TextRecords
	unread_lines: tuple[str, ...]
	warnings: tuple[str, ...]


def parse(
	text: Text,
	*,
	today: date,
	files: Files,
	chat_name: str | None = None,
	date_order: DateOrder | None = None,
	stopped: Stopped = never,
) -> Parsed:
	"""Read a chat text. Raises `ProblemWithFile` where it is no chat, or its dates cannot be read or are
	not in the `date_order` that the clerk named.
	"""
	laid = lay_out(text, chat_name, stopped)
	dates = settle(laid.survey, date_order, today)
	impossible = [number for number, day in dates.days.items() if day is None]
	if impossible:
		laid = without(laid, impossible, chat_name, stopped)
		dates = settle(laid.survey, date_order, today)
	if laid.survey.odd and (records := quoted(laid.survey, dates)):
		laid = without_quoted(laid, records, chat_name, stopped)
		dates = settle(laid.survey, date_order, today)
	found = laid.survey
	reading = _reading(laid, dates, files)
	return Parsed(
		"iphone" if found.iphone else "android",
		dates,
		dialect.sketch(found.layout.family, found.usual_form()),
		TextRecords(reading),
		tuple(line.removesuffix("\r") for line in found.head.split("\n") if line.strip()),
		(*laid.warnings, *dates.warnings, *_names_with_colons(reading.names)),
	)


def _reading(laid: LaidOut, dates: Dates, files: Files) -> Reading:
	"""Put together all that was decided."""
	found = laid.survey
	days = {number: day for number, day in dates.days.items() if day is not None}

	def moment(order: int) -> datetime:
		return datetime.combine(days[found.days[order]], time_of(found.clocks[order]))

	dated: dict[int, tuple[str, ...]] = {number: ("other_date_order",) for number in dates.other}
	for number, day in days.items():
		if _clocks_go_back(day):
			dated[number] = (*dated.get(number, ()), "clock_change")
	return Reading(
		found.text,
		found.layout,
		found.written,
		found.outline,
		days,
		found.learner.names(),
		found.learner.app_lines,
		found.habits.habits(),
		files,
		len(found),
		laid.flagged,
		dated,
		out_of_sequence(found.days, days, moment),
		found.special,
		found.kept,
	)


def _names_with_colons(names: Names) -> Iterable[str]:
	"""Say that a name was read with a colon in it, where only the way in which it is used speaks for it."""
	if names.inferred:
		read = several(names.inferred, "1 name was read with a colon in it", "names were read with a colon in them")
		yield f"{read}, because everything sent under it begins so: check it in the list of people."


def _clocks_go_back(day: date) -> bool:
	"""Say whether this is the last Sunday of October, when 01:00 to 01:59 comes twice."""
	return day.month == 10 and day.day > 24 and day.weekday() == 6
