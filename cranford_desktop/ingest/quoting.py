"""Lines that begin as records of another export do, and stand in a message that quotes it.

One export writes all its dates in one way. Lines with other dates are an export that somebody put behind or before this
one by hand, or a piece of one that somebody pasted into a message: short, within this chat, and either of nobody who
writes here or older than the message in which it stands.
"""

from collections import Counter
from datetime import date, datetime
from itertools import groupby

from cranford_desktop.ingest.dates import Dates
from cranford_desktop.ingest.survey import Survey
from cranford_desktop.ingest.written_times import ODD, time_of

_WITHIN, _AT_END = 2, 3
"""How many times more records the chat must have than a quotation, after which it goes on, or does not."""


def quoted(found: Survey, dates: Dates) -> list[int]:
	"""Return the records that are a quotation; every date of the survey is one that exists."""
	strange = {number for number in found.day_counts if number >= ODD and _another_way(found, dates, number)}
	if not strange:
		return []
	usual = sum(times for number, times in found.day_counts.items() if number not in strange)
	odd = [one for one in found.odd if one.day in strange]
	here = found.learner.prefixes - Counter(one.name for one in odd)

	def moment(record: int) -> datetime:
		return datetime.combine(dates.days[found.days[record]] or date.min, time_of(found.clocks[record]))

	records: list[int] = []
	start = 0
	for other, days in groupby(found.days, strange.__contains__):
		run = range(start, start + len(list(days)))
		start = run.stop
		if not other:
			continue
		those, odd = odd[: len(run)], odd[len(run) :]
		if not run.start or len(run) * (_WITHIN if run.stop < len(found) else _AT_END) > usual:
			continue
		strangers = not any(one.app or one.name in here for one in those)
		if strangers or max(map(moment, run)) <= moment(run.start - 1):
			records.extend(run)
	return records


def _another_way(found: Survey, dates: Dates, number: int) -> bool:
	"""Say whether a date is written as no setting of this phone's clock makes it."""
	day = found.written.day(number)
	return (day.core, day.width) != found.written.usual.dating or dates.orders[day.kind] != dates.order
