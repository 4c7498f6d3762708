"""Words for groups and their members, as the window writes them."""

from datetime import date

from cranford_desktop.domain.day_words import MONTHS
from cranford_desktop.domain.membership import Disagreement, Membership, Stay
from cranford_desktop.ui.parts.wording import count

MADE_UP = "Put together from WhatsApp’s own lines in the exports: a guide, not proof."
_CAME = {"created": "made the group", "added": "added", "joined": "joined by link", "seen": "seen writing"}
_WENT = {"left": "left", "removed": "removed"}
_NEXT = {
	"left_office": "Ask {admin} to take them out of the group. The next export will show it.",
	"not_in_group": "Ask {admin} to add them, or enter the last day of their term.",
	"not_on_roll": "Say who they are and what their role is, or ask {admin} to take them out of the group.",
}


def came_words(stay: Stay) -> str:
	"""Return when and how somebody came: "12 Mar 2024, added"."""
	return f"{short_date(stay.since.date())}, {_CAME[stay.came]}"


def until_words(stay: Stay) -> str:
	"""Return until when somebody belonged: "still here", "5 May 2026, left"."""
	if stay.until is None:
		return "still here"
	return f"{short_date(stay.until.date())}, {_WENT[stay.went or 'left']}"


def short_date(day: date) -> str:
	"""Return a date for a column: "12 Mar 2024"."""
	return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def stay_sentence(stay: Stay) -> str:
	"""Return a stay as one sentence, for screen readers."""
	by = f" by {stay.by}" if stay.by else ""
	return f"{stay.name}: {came_words(stay)}{by}; {until_words(stay)}."


def members_now(membership: Membership) -> int:
	"""Count who belongs to a group, as far as the lines tell."""
	return len({(stay.person_id, stay.name) for stay in membership.stays if stay.until is None})


def members_title(membership: Membership) -> str:
	"""Return the result as a title: "7 members, and 2 who have left"."""
	now = members_now(membership)
	inside = {stay.name for stay in membership.stays if stay.until is None}
	gone = {stay.name for stay in membership.stays} - inside
	words = count(now, "member")
	return f"{words}, and {len(gone):,} who {'has' if len(gone) == 1 else 'have'} left" if gone else words


def next_step(one: Disagreement, admin: str | None) -> str:
	"""Return what to do about a disagreement."""
	who = admin or "whoever runs the group"
	return _NEXT[one.kind].format(admin=f"t{who[1:]}" if who.startswith("The ") else who)
