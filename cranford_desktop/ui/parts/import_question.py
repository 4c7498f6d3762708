"""Is this chat council business? Asked before anything is written, where only the clerk can say."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QRadioButton, QWidget

from cranford_desktop.domain.importing import Keep
from cranford_desktop.domain.people import folded_name, plain_name
from cranford_desktop.ui.parts.controls import field
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.import_plan import Asked, Bundle, Plan
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Columns, Item, box, col, row
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import count

_INDENT = (26, 0, 0, 4)
_KEEPS: Mapping[str, Keep] = {"all": "all", "some": "some", "none": "none"}


class QuestionCard(QWidget):
	"""One chat. `answered`: something was said."""

	answered = Signal()

	def __init__(self, plan: Plan, bundle: Bundle, today: date) -> None:
		super().__init__()
		self._plan, self.bundle = plan, bundle
		self._asked: Asked = plan.answer(bundle)
		self._previews = [plan.looked.found[at].preview for at in bundle.files]
		self.options: dict[str, QRadioButton] = {}
		for key, words in self._choices().items():
			one = QRadioButton(words)
			one.setAccessibleName(words)
			self.options[key] = one
		choices = QWidget()
		choices.setLayout(col(*self.options.values(), gap=7))
		choices.setFocusProxy(next(iter(self.options.values())))
		head, hint = self._question()
		self.question = FormField(head, choices, hint)
		items: list[Item] = [self.question, self._name_row(), self._some_part(today)]
		self.setLayout(col(card(*items, gap=8, pad=(20, 14, 20, 14)), gap=0))
		group = QButtonGroup(self)
		for key, one in self.options.items():
			group.addButton(one)
			one.setChecked(key == self._chosen())
			one.toggled.connect(lambda on, key=key: self._said(key) if on else None)
		self._fold()

	# words
	def _choices(self) -> Mapping[str, str]:
		proposed, question = self.bundle.proposed, self.bundle.question
		out: dict[str, str] = {}
		if proposed and question == "other_group":
			out["same"] = f"It is the same group: add it to {proposed}"
			out["all"] = "It is another group, and all of it is council business"
		elif proposed and question == "unknown_chat":
			out["same"] = f"It is {proposed}, under another name: add it there"
			out["all"] = "It is another group, and all of it is council business"
		else:
			out["all"] = "All of it is council business"
		out["some"] = "Some of it: I’ll choose"
		out["none"] = "None of it: do not import"
		return out

	def _question(self) -> tuple[str, str]:
		chat = plain_name(self._previews[0].read.chat_name or "") or self.bundle.name
		called = f"“{chat}”" if chat else "This chat"
		private = "Private chats stay out of the records."
		if self.bundle.question == "one_to_one":
			people = len({name for one in self._previews for name in one.read.tally.people})
			this = called if chat else "This"
			return f"{this} is a chat between {count(people, 'person', 'people')}. Is it council business?", private
		if self.bundle.question == "other_group":
			return (
				f"{called} is called like one of your groups, but has no message in common with it. Which is it?",
				"Two groups can have one name. Nothing is mixed unless you say so.",
			)
		if self.bundle.proposed:
			return (
				f"{called} is not one of your groups, but has messages in common with {self.bundle.proposed}.",
				"A group that was renamed, or another group with the same news?",
			)
		return f"{called} is not one of your official groups yet. Is it council business?", private

	# parts
	def _name_row(self) -> QWidget:
		self._name = field(self._asked.group, 330, name="Name of the group")
		self._name.textChanged.connect(self._said_name)
		self.name = FormField("Name of the group", self._name)
		self._admin = field(self._asked.admin, 330, name="Who runs it")
		self._admin.textChanged.connect(lambda words: setattr(self._asked, "admin", words))
		admin = FormField("Who runs it? (You can leave this out.)", self._admin)
		if self.bundle.question == "one_to_one":  # nobody runs a chat of two
			self.name = FormField("What the records call this chat", self._name)
			self._named = box(row((self.name, 1), None, pad=_INDENT))
		else:
			self._named = box(row(Columns((self.name, 1), (admin, 1), gap=24, fold=620), pad=_INDENT))
		return self._named

	def _some_part(self, today: date) -> QWidget:
		self.start = DateField("Take messages from", today, self._asked.start)
		self.end = DateField("Take messages up to", today, self._asked.end)
		self.start.changed.connect(lambda day: setattr(self._asked, "start", day))
		self.end.changed.connect(lambda day: setattr(self._asked, "end", day))
		self._start = FormField("From", self.start, "Empty: from the beginning.")
		self._end = FormField("Up to and including", self.end, "Empty: to the end.")
		people = QWidget()
		grid = QGridLayout(people)
		grid.setContentsMargins(0, 0, 0, 0)
		self.people: dict[str, QCheckBox] = {}
		totals: dict[str, int] = {}
		for one in self._previews:
			for name, messages in one.read.tally.people.items():
				totals[name] = max(totals.get(name, 0), messages)
		for at, (name, messages) in enumerate(sorted(totals.items(), key=lambda one: -one[1])):
			tick = QCheckBox(f"{plain_name(name)} ({messages:,})".replace("&", "&&"))
			tick.setAccessibleName(f"{plain_name(name)}, {count(messages, 'message')}")
			tick.setChecked(not self._asked.people or name in self._asked.people)
			tick.toggled.connect(lambda _on: self._said_people())
			self.people[name] = tick
			grid.addWidget(tick, at // 2, at % 2)
		if self.people:
			people.setFocusProxy(next(iter(self.people.values())))
		self._people = FormField("Messages by", people)
		dates = Columns((self._start, 1), (self._end, 1), gap=24, fold=520)
		note = say("What you leave out does not go into the records; the export file itself stays with you.", "muted")
		self._some = box(col(dates, self._people, note, gap=8, pad=_INDENT))
		return self._some

	# answers
	def _chosen(self) -> str | None:
		return "same" if self._asked.same else self._asked.keep

	def _said(self, key: str) -> None:
		self._asked.same = key == "same"
		self._asked.keep = None if key == "same" else _KEEPS[key]
		self.question.set_error(None)
		self._fold()
		self.answered.emit()

	def _fold(self) -> None:
		self._named.setVisible(self._chosen() in ("all", "some"))
		self._some.setVisible(self._chosen() == "some")

	def _said_name(self, words: str) -> None:
		self._asked.group = words
		self.answered.emit()

	def _said_people(self) -> None:
		ticked = tuple(name for name, tick in self.people.items() if tick.isChecked())
		self._asked.people = () if len(ticked) == len(self.people) else ticked
		self._nobody = not ticked

	_nobody = False

	# what is left to say
	def faults(self) -> dict[FormField, str]:
		"""Return what is still to be said, or cannot be."""
		chosen = self._chosen()
		if chosen is None:
			return {self.question: "Say whether this chat is council business"}
		found: dict[FormField, str] = {}
		if chosen in ("all", "some"):
			name = " ".join(self._asked.group.split())
			taken = {folded_name(one.name) for one in self._plan.looked.groups}
			if not name:
				found[self.name] = "Say what the group is called"
			elif folded_name(name) in taken and self.bundle.proposed and "same" in self.options:
				found[self.name] = "You have a group of that name already. Give this one another name"
		if chosen == "some":
			found |= self._some_faults()
		return found

	def _some_faults(self) -> dict[FormField, str]:
		found: dict[FormField, str] = {}
		for one, shown, what in ((self._start, self.start, "First day"), (self._end, self.end, "Last day")):
			if shown.box.text().strip() and shown.date() is None:
				found[one] = f"{what} must be a real date, for example 27 3 2026"
		start, end = self.start.date(), self.end.date()
		if start and end and end < start:
			found[self._end] = "The last day must not be before the first"
		if self._nobody:
			found[self._people] = "Tick at least one person, or choose “None of it”"
		elif not found and not (start or end or self._asked.people):
			found[self._start] = "Choose which part: a first or last day, or some of the people"
		return found

	def fields(self) -> tuple[FormField, ...]:
		"""Return the fields that can be at fault."""
		return (self.question, self.name, self._start, self._end, self._people)

	def pick(self, key: str) -> None:
		"""Choose an option: "all", "some", "none" or "same"."""
		self.options[key].setChecked(True)
