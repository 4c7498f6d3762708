"""A deadline as a calendar file (.ics, RFC 5545), for the clerk's own calendar: a reference and a day, no names."""

from datetime import UTC, date, datetime, timedelta

WARNED_BEFORE = timedelta(days=5)
"""The calendar reminds a working week ahead of a day, and an eighth of the time ahead of a moment."""
_WARNED_BEFORE_MOMENT = timedelta(hours=9)


def calendar_file(reference: str, what: str, due: date | datetime, made_at: datetime) -> bytes:
	"""Return a calendar file with one entry: the whole day `due`, or the quarter hour that ends at the moment `due`.

	`due` as a moment and `made_at` are aware. The same reference gives the same entry, so that taking in a later file
	moves it instead of adding another.
	"""
	# Its many modules are not the window's to wait for.
	from icalendar import Alarm, Calendar, Event

	calendar = Calendar()
	calendar.add("prodid", "-//Cranford Desktop//Deadlines//EN")
	calendar.add("version", "2.0")
	event = Event()
	event.add("uid", f"{reference}@cranford-desktop.example")
	event.add("dtstamp", made_at.astimezone(UTC))
	event.add("summary", f"{reference}: {what}")
	if isinstance(due, datetime):
		end = due.astimezone(UTC)
		event.add("dtstart", end - timedelta(minutes=15))
		event.add("dtend", end)
	else:
		event.add("dtstart", due)
		event.add("dtend", due + timedelta(days=1))
	event.add("transp", "TRANSPARENT")
	alarm = Alarm()
	alarm.add("action", "DISPLAY")
	alarm.add("description", f"{reference}: {what}")
	alarm.add("trigger", -(_WARNED_BEFORE_MOMENT if isinstance(due, datetime) else WARNED_BEFORE))
	event.add_component(alarm)
	calendar.add_component(event)
	return bytes(calendar.to_ical())
