"""A deadline as a calendar file (.ics, RFC 5545), for the clerk's own calendar: a reference and a day, no names."""

from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

_QUARTER = timedelta(minutes=15)


def calendar_file(
	council: str, reference: str, what: str, due: date | datetime, made_at: datetime, *, remind_before: timedelta
) -> bytes:
	"""Return a calendar file with one entry: the whole day `due`, or the quarter hour that ends at the moment `due`.

	`due` as a moment and `made_at` are aware. The same council and reference give the same entry, so that taking in a
	later file moves it instead of adding another; of the council only a digest goes into the entry's name.
	"""
	# Its many modules are not the window's to wait for.
	from icalendar import Alarm, Calendar, Event

	calendar = Calendar()
	calendar.add("prodid", "-//Cranford Desktop//Deadlines//EN")
	calendar.add("version", "2.0")
	event = Event()
	event.add("uid", str(uuid5(NAMESPACE_URL, f"cranford-desktop:{council}:{reference}")))
	event.add("dtstamp", made_at.astimezone(UTC))
	event.add("summary", f"{reference}: {what}")
	if isinstance(due, datetime):
		end = due.astimezone(UTC)
		event.add("dtstart", end - _QUARTER)
		event.add("dtend", end)
	else:
		event.add("dtstart", due)
		event.add("dtend", due + timedelta(days=1))
	event.add("transp", "TRANSPARENT")
	alarm = Alarm()
	alarm.add("action", "DISPLAY")
	alarm.add("description", f"{reference}: {what}")
	alarm.add("trigger", -remind_before)
	event.add_component(alarm)
	calendar.add_component(event)
	return bytes(calendar.to_ical())
