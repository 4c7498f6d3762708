"""What the Retention tab and the yearly review say. Free of Qt."""

from datetime import date

from cranford_desktop.domain.retention import ClassPosition, RetentionPosition, ReviewState
from cranford_desktop.ui.parts.wording import count, day_words

ERASING_LATER = "Erasing comes with a later release. Until then nothing here can erase a message."

_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def years_words(years: int) -> str:
	"""Return "six years"."""
	number = _NUMBERS[years] if 0 <= years < len(_NUMBERS) else str(years)
	return f"{number} {'year' if years == 1 else 'years'}"


def held_count(position: RetentionPosition) -> int:
	"""Count what is due but held."""
	return sum(reason.messages for reason in position.held)


def headline(position: RetentionPosition) -> tuple[str, str, bool]:
	"""Return the page's title, the line below it, and whether all is quiet."""
	held = held_count(position)
	if not position.total:
		return (
			"No messages are held yet",
			"Import a chat first. Its messages are then kept for the time your policy sets.",
			True,
		)
	oldest = f" The oldest one here is from {day_words(position.oldest, weekday=False)}." if position.oldest else ""
	if position.due:
		verb = "is" if position.due == 1 else "are"
		kept = f" {count(held, 'more is', 'more are')} kept because something open needs them." if held else ""
		return (
			f"{count(position.due, 'message')} {verb} past their six years"
			if position.due > 1
			else "1 message is past its six years",
			f"The yearly review looks at them before anything happens.{kept}{oldest}",
			False,
		)
	if held:
		return (
			f"{count(held, 'message')} past their six years {'is' if held == 1 else 'are'} kept",
			f"Something open needs them, so nothing is due.{oldest}",
			True,
		)
	until = day_words(position.first_due, weekday=False) if position.first_due else "later"
	return (
		f"Nothing is due until {until}",
		f"Your policy keeps council messages for six years.{oldest}",
		True,
	)


def class_words(one: ClassPosition) -> str:
	"""Return what the schedule says of one kind of message."""
	kept = f"Kept for {years_words(one.years)} from the day sent" if one.years else "Looked at in each yearly review"
	held = f"{count(one.messages, 'message')}"
	first = f", the first due on {day_words(one.first_due, weekday=False)}" if one.first_due and one.years else ""
	return f"{kept}. {held}{first}." if one.messages else f"{kept}. None here."


def review_line(review: ReviewState) -> str:
	"""Return one finished review in a line: "3 November 2025 – looked, nothing due. Minute 25/112."."""
	what = {"nil": "looked, nothing due", "schedule": "a schedule was made", "open": "not finished"}[review.outcome]
	minute = f"Minute {review.minute}." if review.minute else "Awaiting the minute."
	return f"{day_words(review.on, weekday=False)} – {what}. {minute}"


def next_review(reviews: list[ReviewState], today: date) -> tuple[str, bool]:
	"""Return when the next yearly review is, and whether that is now; the policy asks for one every year."""
	done = [one.on for one in reviews if one.outcome != "open"]
	if not done:
		return "No yearly review has been made yet. The first is due now.", True
	last = max(done)
	try:
		again = last.replace(year=last.year + 1)
	except ValueError:
		again = date(last.year + 1, 3, 1)
	if again <= today:
		return "The next yearly review is due now.", True
	return f"Next yearly review: by {day_words(again, weekday=False)}.", False
