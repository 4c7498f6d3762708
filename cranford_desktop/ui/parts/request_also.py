"""What else can be done for a request, besides its main tasks: rows for its page, in words."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cranford_desktop.domain.disclosure import Request
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import link
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import frame, row, rule
from cranford_desktop.ui.parts.request_tasks import State, Task
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import count


class Also(NamedTuple):
	"""One row: what it opens, its name, and what there is to say."""

	key: str
	name: str
	note: str


def places_task(council: Council, request: Request) -> Task:
	"""Return the task of looking elsewhere, with how far it is."""
	places = council.places.places(request.id)
	asked = council.places.members_asked(request.id)
	looked = len(places) - asked.asked
	parts = [count(looked, "place")] if looked else []
	parts += [asked.words] if asked.asked else []
	state: State = "Not yet started"
	if places:
		done = not asked.waiting and not council.places.open_places(request.id)
		state = "Completed" if done or request.status != "open" else "In progress"
	return Task("places", "Say where else you looked", "; ".join(parts), state)


def also(council: Council, request: Request) -> list[Also]:
	"""Return what else can be done as the request stands."""
	found = []
	if request.status == "open" and not request.candidates:
		told = council.without_archive.why(request.id)
		note = council.without_archive.words(told) if told else "Nothing in the chats is asked for"
		found.append(Also("without", "Answer without WhatsApp", note))
	if request.status == "open":
		found.append(Also("refuse", "Refuse the whole request", "Too long, repeated, or all of it exempt"))
	time = council.time_log.total(request.id)
	if request.regime == "foi":
		note = time.words if time.minutes else "What counts towards the limit of section 12"
	else:
		note = "How long it took"
	found.append(Also("time", "Log the time", note))
	return found


class AlsoCard(QFrame):
	"""The card with these rows. `chosen(str)`: a row's key."""

	chosen = Signal(str)

	def __init__(self, rows: Sequence[Also]) -> None:
		super().__init__()
		self.rows: dict[str, QWidget] = {}
		items: list = [say("Also", "head", wrap=False), 4]
		for one in rows:
			go = link(one.name)
			go.clicked.connect(lambda _=False, key=one.key: self.chosen.emit(key))
			self.rows[one.key] = go
			left = theme.scaled(frame(row(go, None)), "setMinimumWidth", 228)
			line = QWidget()
			line.setLayout(row(left, (say(one.note, "muted", wrap=True), 1), gap=8))
			theme.scaled(line, "setMinimumHeight", 34)
			items += [rule(), line]
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.addWidget(card(*items, gap=0, pad=(20, 12, 20, 8)))
