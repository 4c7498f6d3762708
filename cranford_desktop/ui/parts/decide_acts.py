"""What the keys of the decide page do: one decision or many, files one by one, taking back, taking an idea over."""

from collections.abc import Mapping, Sequence
from datetime import date

from cranford_desktop.domain.disclosure import Choice, Decision
from cranford_desktop.domain.media_decisions import medium_of
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui.parts.decide_view import clerk_line
from cranford_desktop.ui.parts.review_state import DONE
from cranford_desktop.ui.parts.withhold_dialog import WithholdDialog
from cranford_desktop.ui.parts.wording import count

_MANY = 60
"""Decisions at once that are recorded in the background."""
_CHOICES: dict[str, Choice] = {"R": "release", "D": "release", "W": "withhold", "N": "not_in_scope", "P": "not_held"}


class Acts:
	"""The part of the decide page that decides; the page provides what it shows and knows."""

	def press(self, letter: str) -> None:
		"""Do what a key of the review means."""
		if letter in _CHOICES:
			self.decide(letter)
		elif letter == "U":
			self.undo()
		elif letter == " ":
			self._go_on(self.view.current_message())
		elif letter == "E":
			self.ask_redact("")
		elif letter == "G":
			self.sar.give()
		elif letter == "T":
			self.take_idea()
		elif letter == "A":
			self._pick_this_day()
		elif letter.isdigit():
			self._turn_medium(int(letter))
		elif letter in "[]":
			self.more_context(before=letter == "[")

	def picked(self) -> list[int]:
		"""Return the candidates a key would decide on."""
		chosen = [one for one in self.view.chosen_messages() if self.state.candidate(one) is not None]
		here = self.view.current_message()
		if not chosen and self.state.candidate(here) is not None:
			chosen = [here]
		return chosen

	def pick_day(self, day: date, group: str) -> None:
		"""Pick every message of the set that was sent on a day in a group: the next key decides on all of them."""
		ids = self.state.of_day(day, group)
		if ids:
			self.view.show_message(ids[0])
			self.view.choose(ids)

	def _pick_this_day(self) -> None:
		candidate = self.state.candidate(self.view.current_message())
		if candidate is not None:
			self.pick_day(candidate.row.sent_at.date(), candidate.row.group)

	def decide(self, letter: str, begin: Sequence[str] = ()) -> None:
		"""Decide on the picked messages, and go on to the next that is undecided; `begin`: exemptions to begin with."""
		ids = self.picked()
		if not ids:
			self._window.toast("This message is context. It is not part of the request.", done=False)
			return
		if letter == "D" and len(ids) == 1 and not self.state.candidate(ids[0]).is_covered:
			self._window.toast("Nothing is covered up here yet. Select words with the mouse, or press E.", done=False)
			return
		answers: Mapping[str, object] | None = {}
		if letter == "W":
			answers = self._ask_reasons(len(ids), begin or self._last_codes)
			if answers is None:
				self.view.setFocus()
				return
		self.apply(ids, _CHOICES[letter], answers)
		self.view.setFocus()

	def _ask_reasons(self, number: int, begin: Sequence[str], what: str = "message") -> dict[str, object] | None:
		"""Ask why; keep what belongs to the request, and return what belongs to the decision. None: not after all."""
		reasons, known = self._council.reasons, self.request.id
		asked = WithholdDialog(
			self,
			self._council.deciding.exemptions(self.request.regime),
			number,
			lambda code: reasons.asked(known, code),
			lambda code, answers: reasons.faults(known, code, answers),
			self._council.clock().date(),
			begin,
			what,
		)
		if not asked.exec():
			return None
		answers = asked.answers()
		try:
			for code, written in asked.written().items():
				reasons.record(known, code, written)
		except CranfordError as problem:
			self._window.problem(problem)
			return None
		self._last_codes = (answers["exemption"], *answers.get("more_exemptions", ()))
		return answers

	def apply(
		self, ids: Sequence[int], choice: Choice, answers: Mapping[str, object] | None = None, media: bool = False
	) -> None:
		"""Record one decision for some messages, as one step; `media`: with all their photos and files."""
		known, told = self.request.id, dict(answers or {})

		def call(_progress, _stopped) -> None:
			self._council.deciding.decide(known, ids, choice, with_media=media or None, **told)

		def done(_answer: object) -> None:
			if self.request is not None and self.request.id == known:
				self._applied(ids, choice, told, media)

		if len(ids) > _MANY:
			self._window.run("Recording the decisions", call, done, promise="It is done as a whole or not at all.")
			return
		try:
			call(None, None)
		except CranfordError as problem:
			self._window.problem(problem)
			self._fetch(self.view.current_message())
			return
		done(None)

	def _applied(self, ids: Sequence[int], choice: Choice, answers: Mapping[str, object], media: bool) -> None:
		def made(one: int) -> Decision:
			before = self.state.candidate(one).decision
			kept = media or bool(before and before.with_media)
			return Decision(one, choice, with_media=kept and choice == "release", **answers)

		self.state.decide(ids, made)
		self._steps += 1
		self._again(ids)
		self.sar.decided(ids)
		if len(ids) > 1:
			self._window.toast(f"{count(len(ids), 'message')}: {DONE[choice]}.")
		self._go_on(ids[-1])
		self._tell()

	# ideas
	def idea(self, message_id: int):
		"""Return what a message may be decided as; None where nothing points anywhere."""
		candidate = self.state.candidate(message_id)
		if candidate is None:
			return None
		return self._council.deciding.idea(self.request.regime, candidate, self.state.alike(message_id))

	def take_idea(self) -> None:
		"""Decide on the current message as it is suggested; what the law asks for is asked all the same."""
		here = self.view.current_message()
		found, candidate = self.idea(here), self.state.candidate(here)
		if found is None:
			self._window.toast("Nothing is suggested here.", done=False)
			return
		self.view.choose([here])
		old = candidate.decision
		if old is not None:
			self.apply([here], old.choice, _answers(old))
		else:
			self.decide(found.letter, found.exemptions)

	# photos and files
	def _turn_medium(self, number: int) -> None:
		"""Put the file of that number in, or leave it undecided again."""
		candidate = self.state.candidate(self.view.current_message())
		held = [one for one in candidate.row.attachments if one.present and one.sha256] if candidate else []
		if number > len(held):
			self._window.toast("This message has no photo or file of that number.", done=False)
			return
		decided = medium_of(held[number - 1], candidate.decision, candidate.media)
		going = decided is not None and decided.choice == "release"
		self.decide_medium(held[number - 1].sha256, "" if going else "release")

	def decide_medium(self, sha256: str, choice: str) -> None:
		"""Decide on one file of the current message, apart from its words; "": undecided again."""
		here = self.view.current_message()
		candidate = self.state.candidate(here)
		if candidate is None:
			return
		answers: dict[str, object] | None = {}
		if choice == "withhold":
			answers = self._ask_reasons(1, self._last_codes, "photo or file")
			if answers is None:
				self._show_panel(anew=True)
				self.view.setFocus()
				return
		try:
			self._record_medium(here, sha256, choice, answers)
		except CranfordError as problem:
			self._window.problem(problem)
			self._fetch(here)
			return
		[now] = self._council.deciding.again(self.request.id, [here])
		self.state.replace(now)
		self._steps += 1
		self._again([here])
		self._show_panel()
		self.view.setFocus()
		self._tell()

	def _record_medium(self, here: int, sha256: str, choice: str, answers: Mapping[str, object]) -> None:
		known, service, candidate = self.request.id, self._council.deciding, self.state.candidate(here)
		whole = candidate.decision is not None and candidate.decision.with_media
		if not choice and whole:
			# All its files went in with the message: this one is left out, which is what "not decided" comes to.
			service.decide_medium(known, here, sha256, "not_in_scope")
			return
		service.decide_medium(known, here, sha256, choice or None, **answers)

	# taking back
	def undo(self) -> None:
		"""Take the newest step back, also one of another day."""
		known, service = self.request.id, self._council.deciding
		if not self._steps:
			self._window.toast("There is nothing to take back.", done=False)
			return
		if service.reach(known) > _MANY:
			self._window.run(
				"Taking a step back",
				lambda _progress, _stopped: service.undo(known),
				lambda taken: self._taken_back(known, taken),
				promise="It is done as a whole or not at all.",
			)
			return
		try:
			taken = service.undo(known)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self._taken_back(known, taken)

	def _taken_back(self, request_id: int, taken) -> None:
		if self.request is None or self.request.id != request_id:
			return
		self._steps = self._council.deciding.steps(request_id)
		if taken is None:
			self._window.toast("There is nothing to take back.", done=False)
			self._show_panel()
			return
		if not taken.messages or len(taken.messages) > _MANY:
			self._fetch(taken.message_id if taken.messages else self.view.current_message())
		else:
			for one in self._council.deciding.again(request_id, taken.messages):
				self.state.replace(one)
			self._again(taken.messages)
			self.view.show_message(taken.message_id)
			self._show_panel()
		self.view.setFocus()
		self._window.toast(f"Taken back – {taken.words}.")
		self._tell()

	def _again(self, ids: Sequence[int]) -> None:
		if len(ids) > _MANY:
			here = self.view.current_message()
			self._fill()
			self.view.show_message(here)
			return
		for one in ids:
			candidate = self.state.candidate(one)
			if candidate is not None:
				self.view.replace_line(self.sar.tint(clerk_line(candidate.row, candidate)))

	def _go_on(self, after: int) -> None:
		further = self.state.next_undecided(after)
		self._calm = True
		if further == after:
			self.view.step(1)
		elif further is not None:
			self.view.show_message(further)
		self._calm = False
		self._show_panel()


def _answers(decision: Decision) -> dict[str, object]:
	"""Return a decision as `Deciding.decide` takes it, to be made once more."""
	told = {
		"exemption": decision.exemption,
		"more_exemptions": decision.more_exemptions,
		"reason": decision.reason,
		"prejudice": decision.prejudice,
		"public_interest": decision.public_interest,
		"balance": decision.balance,
	}
	return {name: value for name, value in told.items() if value}
