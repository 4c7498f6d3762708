"""A person's page: what they said, where they are mentioned, names and numbers, terms, the policy, leaving, joins."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cranford_desktop.domain.directory import DirectoryEntry, LeaverStep, PeopleJoin, PersonPage
from cranford_desktop.domain.membership import is_office
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.controls import Choice, field, link
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import box, clear, page, row, rule
from cranford_desktop.ui.parts.people_terms import TermsCard
from cranford_desktop.ui.parts.person_details import DetailsCard
from cranford_desktop.ui.parts.person_policy import LeavingCard, PolicyCard
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import count, day_words, local, short_day
from cranford_desktop.ui.task import Task


class PersonPanel(QWidget):
	"""`changed`: something was written; `slip_wanted(int)`: show a person's slip; `shown(MessageFilter)`: see these."""

	changed = Signal()
	slip_wanted = Signal(int)
	messages_wanted = Signal(object)
	held_wanted = Signal(str)
	"""Everything that is held about the person of this name."""

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._page: PersonPage | None = None
		self._entries: list[DirectoryEntry] = []
		self._task: Task | None = None
		self.details = DetailsCard(council, window)
		self.terms = TermsCard(council, window)
		self.policy = PolicyCard(council, window)
		self.leaving = LeavingCard(council, window)
		for one in (self.details, self.terms, self.policy, self.leaving):
			one.changed.connect(self.changed.emit)
		self.policy.slip_wanted.connect(self.slip_wanted.emit)
		self._name = say("", "title", wrap=True)
		self._about = say("", "muted", wrap=True)
		self.said = link("")
		self.said.clicked.connect(lambda: self.messages_wanted.emit(MessageFilter(person=self._page.entry.name)))
		self.mentioned = link("")
		self.mentioned.clicked.connect(
			lambda: self.messages_wanted.emit(MessageFilter(search=self._page.mention_words))
		)
		self.held = link("What do we hold about them?")
		self.held.clicked.connect(lambda: self.held_wanted.emit(self._page.entry.name))
		self.rename = link("Change the name…")
		self.rename.clicked.connect(self._ask_name)
		self.join = link("Join with another person…")
		self.join.clicked.connect(self._ask_join)
		self._involved = QVBoxLayout()
		self._joined = QVBoxLayout()
		head = card(
			self._name,
			self._about,
			4,
			self.said,
			self.mentioned,
			self.held,
			self._involved,
			4,
			rule(),
			row(self.rename, self.join, None, gap=16),
			self._joined,
			gap=4,
			pad=20,
		)
		self._all = page(
			head, self.details, self.terms, self.policy, self.leaving, width=520, gap=14, pad=(16, 16, 16, 16)
		)
		self._outer = QVBoxLayout(self)
		self._outer.setContentsMargins(0, 0, 0, 0)
		self._outer.addWidget(self._all)

	def place_back(self, back: QWidget) -> None:
		"""Put the way back to the list above the page."""
		self._outer.insertLayout(0, row(back, None, pad=(8, 2, 8, 2)))

	def show_person(self, person_id: int, entries: list[DirectoryEntry]) -> None:
		"""Show a person; what goes over the messages is counted away from the window's thread."""
		self._entries = entries
		if self._task is not None:
			self._task.abandon()
			self._task = None
		self._all.setVisible(bool(person_id))
		if not person_id:
			return
		directory = self._council.directory

		def look(_progress: object, _stopped: object):
			return directory.page(person_id), directory.leaver_steps(person_id), directory.joins(person_id)

		task = self._task = Task(look, self)
		task.finished.connect(lambda found: self._show(*found))
		task.failed.connect(self._window.problem)
		for end in (task.finished, task.failed, task.cancelled):
			end.connect(task.deleteLater)

	def current(self) -> int:
		"""Return who is shown, 0 for nobody."""
		return self._page.entry.person_id if self._page is not None else 0

	def _show(self, found: PersonPage, steps: list[LeaverStep], joins: list[PeopleJoin]) -> None:
		self._task = None
		self._page, entry = found, found.entry
		self._name.setText(entry.name)
		self._about.setText(_about(entry))
		self.said.say(f"Said {count(found.said, 'message')}")
		self.said.setEnabled(found.said > 0)
		self.mentioned.say(f"Mentioned in {count(found.mentioned, 'message')} of others")
		self.mentioned.setEnabled(found.mentioned > 0)
		clear(self._involved)
		for one in (*found.cases, *found.requests):
			go = link(f"{one.reference}: {one.title}")
			go.clicked.connect(lambda _=False, target=one.target: self._window.go(target))
			self._involved.addWidget(go)
		clear(self._joined)
		for one in joins:
			part = link("Part them again", name=f"Part {one.gone_name} again")
			part.clicked.connect(lambda _=False, join_id=one.id: self.part(join_id))
			when = day_words(local(one.at).date(), weekday=False)
			words = say(f"{one.gone_name} was joined on {when}", "muted", wrap=True)
			self._joined.addWidget(box(row((words, 1), part, gap=8)))
		self.details.show_entry(entry)
		terms = self.terms.show_person(entry.person_id)
		self.policy.show_entry(entry)
		self.leaving.show_entry(entry, steps)
		held_office = is_office(entry.role) or any(is_office(term.role) for term in terms)
		self.leaving.setVisible(held_office)
		self.policy.setVisible(held_office)

	def _ask_name(self) -> None:
		asked = Ask(
			self._window, "What is this person called?", "Every screen and letter follows.", "Save the name", width=460
		)
		name = field(self._page.entry.name, name="Name")
		asked.add(FormField("Name", name, "Name and title, for example Cllr Jean Shaw."))
		asked.accepted.connect(lambda: self._write("Saving the name", "rename", self.current(), name.text()))
		asked.open()

	def _ask_join(self) -> None:
		others = [one for one in self._entries if one.person_id != self.current()]
		entry = self._page.entry
		asked = Ask(
			self._window,
			f"Who is {entry.name} as well?",
			f"Both become one person, called {entry.name}: names, numbers, terms and exports go together. "
			"You can part them again.",
			"Join them",
			width=480,
		)
		who = Choice(*(f"{one.name} – {one.role}" if one.role else one.name for one in others), name="The other person")
		asked.add(FormField("The other person", who))
		if others:
			asked.accepted.connect(
				lambda: self._write("Joining them", "join", entry.person_id, others[who.currentIndex()].person_id)
			)
		asked.open()

	def part(self, join_id: int) -> None:
		"""Part two people again."""
		self._write("Parting them", "part", join_id)

	def _write(self, title: str, verb: str, *values: object) -> None:
		call = getattr(self._council.directory, verb)
		self._window.run(
			title, lambda _progress, _stopped: call(*values), lambda _done: self.changed.emit(), promise=""
		)


def _about(entry: DirectoryEntry) -> str:
	told = [f"Left office on {day_words(entry.left_on, weekday=False)}" if entry.left_on else entry.role or "No role"]
	if entry.first_seen is not None and entry.last_seen is not None:
		told.append(f"seen from {short_day(entry.first_seen.date())} to {short_day(entry.last_seen.date())}")
	told.append(
		f"last export {day_words(entry.last_export, weekday=False)}"
		if entry.last_export
		else "no export of theirs is held"
	)
	return ", ".join(told) + "."
