"""Check your answers: everything that will be done with the files, before it is done."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.people import plain_name
from cranford_desktop.ui.parts.import_plan import ORDERS, Bundle, Plan
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Item, card
from cranford_desktop.ui.parts.patterns import pairs
from cranford_desktop.ui.parts.wording import count, day_words

Where = str
"""The page on which an answer is changed: "check" or "questions"."""


def answer_rows(plan: Plan) -> list[tuple[str, str, Where]]:
	"""Return what was answered: label, value, and where it is changed."""
	rows: list[tuple[str, str, Where]] = []
	for bundle in plan.bundles():
		rows.append(
			(_head(plan, bundle), _bundle_words(plan, bundle), "questions" if bundle.question != "none" else "check")
		)
		if bundle in plan.wanted():
			rows += [(plan.phone_words(at), _file_words(plan, at), "check") for at in bundle.files]
	idle = [plan.file_words(at) for at, one in enumerate(plan.looked.found) if not one.usable]
	if idle:
		rows.append(("Nothing to do with", "\n".join(idle), "check"))
	if plan.listed:
		rows.append(("On your list afterwards", "\n".join(one.title for one in plan.listed.values()), "check"))
	return rows


def answers_page(plan: Plan, change: Callable[[Where], object]) -> list[Item]:
	"""Return the page's parts under its title."""
	rows = answer_rows(plan)
	shown: QWidget = pairs([(name, value) for name, value, _ in rows], 210, lambda at: change(rows[at][2]))
	some = any(one.question != "none" and plan.answer(one).keep == "some" for one in plan.wanted())
	kept = "What you left out is kept nowhere." if some else "The export files are kept unchanged beside the messages."
	note = say(kept, "muted", wrap=True)
	return [card(shown, gap=4, pad=(20, 8, 20, 8)), note]


def _head(plan: Plan, bundle: Bundle) -> str:
	if bundle in plan.wanted():
		return plan.group_of(bundle)
	return plain_name(plan.looked.found[bundle.files[0]].preview.read.chat_name or "A chat without a name")


def _bundle_words(plan: Plan, bundle: Bundle) -> str:
	many = count(len(bundle.files), "file")
	joined = f"{many}, joined into one conversation. " if bundle.joined else ""
	if bundle.question == "none":
		return f"{joined}One of your official groups."
	asked = plan.answer(bundle)
	if asked.same:
		return f"{joined}Goes into your group {bundle.proposed}."
	if asked.keep == "none":
		return f"Not imported: {many}."
	new = "A chat between two people." if bundle.question == "one_to_one" else "A new official group."
	if asked.keep == "all":
		return f"{joined}{new} All of it is council business."
	parts = []
	if asked.start:
		parts.append(f"from {day_words(asked.start, weekday=False)}")
	if asked.end:
		parts.append(f"up to {day_words(asked.end, weekday=False)}")
	if asked.people:
		parts.append(f"messages by {', '.join(plain_name(one) for one in asked.people)}")
	return f"{joined}{new} Only a part of it: {', '.join(parts)}."


def _file_words(plan: Plan, at: int) -> str:
	found = plan.looked.found[at]
	read = found.preview.read
	span = f"{day_words(read.first.date(), weekday=False)} to {day_words(read.last.date(), weekday=False)}"
	dates = ORDERS[read.date_order].casefold()
	said = f"{plan.file_words(at)}\n{count(len(read.records), 'message')}, {span}. Dates are read {dates}."
	guess = plan.guess_words(at)
	return f"{said}\n{guess}" if guess else said
