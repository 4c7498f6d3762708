"""Covering words up on the decide page: what she selected, or a word or number everywhere, and taking it off again."""

from collections.abc import Sequence

from cranford_desktop.domain.disclosure import Candidate, PatternName, Redaction
from cranford_desktop.domain.redacting import find
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.covering_photos import Wanted
from cranford_desktop.services.pack_building import PDF
from cranford_desktop.ui.parts.areas_dialog import AreasDialog, Covered
from cranford_desktop.ui.parts.media_choices import AREAS
from cranford_desktop.ui.parts.redact_dialog import PATTERN_NAMES, Asked, RedactDialog, Whom
from cranford_desktop.ui.parts.wording import count, short_day

LOOKING_ONLY = "Nothing is changed by looking."
_WORTH: tuple[PatternName, ...] = ("phone", "email", "postcode", "nino", "bank", "card", "date_of_birth")
"""Patterns that are pointed out; a suggestion never covers anything."""


class Covering:
	"""The part of the decide page that covers up; the page provides what it shows and knows."""

	def _redact_selection(self) -> None:
		chosen = self.view.chosen_words()
		if chosen is None:
			return
		message_id, start, end = chosen
		candidate = self.state.candidate(message_id)
		if candidate is None or candidate.row.text is None:
			self._window.toast("This message is context. It is not part of the request.", done=False)
			return
		self.ask_redact(candidate.row.text[start:end].strip(), span=(message_id, start, end))

	def ask_redact(
		self, words: str = "", *, span: tuple[int, int, int] | None = None, pattern: str | None = None
	) -> None:
		"""Ask what to cover up and cover it."""
		if not len(self.state):
			return
		asked = RedactDialog(
			self,
			self._council.deciding.exemptions(self.request.regime),
			lambda kind, value: self._council.redacting.places(self.request.id, kind, value),
			self._names_of,
			self._whom(),
			words=words,
			pattern=pattern,
			here=span is not None,
			exemption=self._last_exemption,
			wordings=self._council.tables.reasons.wordings,
		)
		if asked.exec():
			self.redact(asked.asked(), span, asked.places())
		self.view.setFocus()

	def _whom(self) -> Whom:
		covering, number = self._council.covering, self.request.id
		return Whom(
			covering.people(number),
			lambda person, left: covering.places(number, person, left),
			lambda person: self._council.redacting.next_stand_in(number, person),
		)

	def redact(self, asked: Asked, span: tuple[int, int, int] | None, places: int) -> None:
		"""Cover up what was asked for, and show it."""
		self._last_exemption = asked.exemption
		where = {}
		kind, value = asked.kind, asked.value
		if asked.here and span is not None:
			kind = "span"
			where = {"message_id": span[0], "start": span[1], "end": span[2]}
		try:
			self._council.redacting.redact(
				*(self.request.id, kind, value, asked.exemption, asked.reason or None, asked.stand_in),
				ticks=asked.ticks,
				**where,
			)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		here = self.view.current_message()
		words = f"{count(places, 'place')} redacted."
		self.view.clear_words()
		self._fetch(here)
		self._window.toast(words)

	def uncover(self, redaction_id: int) -> None:
		"""Take a redaction off again, wherever it covers."""
		self._uncover(redaction_id)
		self._window.toast("Uncovered.")

	def _uncover(self, redaction_id: int) -> None:
		self._council.redacting.remove_redaction(self.request.id, redaction_id)
		self._fetch(self.view.current_message())

	def medium_asked(self, sha256: str, choice: str) -> None:
		"""Decide on a file of the current message, or cover areas of it."""
		if choice != AREAS:
			self.decide_medium(sha256, choice)
			return
		here, known, service = self.view.current_message(), self.request.id, self._council.covering_photos
		candidate = self.state.candidate(here)
		if candidate is None:
			return
		held = next(one for one in candidate.row.attachments if one.sha256 == sha256)

		def call(_progress, _stopped) -> Covered:
			pages = service.pages(known, here, sha256)
			return Covered(
				pages,
				lambda page: service.picture(known, here, sha256, page),
				service.areas(known, sha256),
				(lambda: service.suggested(known, here, sha256)) if held.media_type == PDF else None,
			)

		self._window.run(
			"Opening the picture", call, lambda found: self._ask_areas(here, sha256, found), promise=LOOKING_ONLY
		)

	def _ask_areas(self, message_id: int, sha256: str, held: Covered) -> None:
		exemptions = self._council.deciding.exemptions(self.request.regime)
		asked = AreasDialog(self, held, exemptions, self._last_exemption)
		if asked.exec():
			self.cover_areas(message_id, sha256, asked.wanted())
		self.view.setFocus()

	def cover_areas(self, message_id: int, sha256: str, wanted: Sequence[Wanted]) -> None:
		"""Keep the areas of a file, and say what still has to be done for it to go out."""
		try:
			self._council.covering_photos.cover(self.request.id, message_id, sha256, wanted)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		if wanted:
			self._last_exemption = wanted[-1].exemption
		self._fetch(message_id)
		self._window.toast(f"{count(len(wanted), 'area')} of the picture covered.")

	def _as_covered(self, file_id: int, box: int) -> bytes:
		"""Return a small picture as the requester will see it; called in the thumbnails' worker."""
		return self._council.covering_photos.thumbnail(self.request.id if self.request else 0, file_id, box)

	def _names_of(self, ids: Sequence[int]) -> list[str]:
		names = []
		for one in ids:
			candidate = self.state.candidate(one)
			message = candidate.row if candidate else None
			when = f"{short_day(message.sent_at.date())}, {message.sent_at:%H:%M}" if message else ""
			names.append(f"{message.sender or 'WhatsApp'}, {when}" if message else "In the request’s own words")
		return names

	def _look_for_patterns(self) -> None:
		known, redactions = self.request.id, tuple(self._redactions)
		candidates = [candidate for _row, candidate in self.state.rows() if candidate is not None]

		def call(progress, stopped):
			return [(name, left_open(candidates, redactions, name)) for name in _WORTH]

		def done(found):
			if self.request is not None and self.request.id == known:
				self.panel.show_worth([(n, PATTERN_NAMES[n][number != 1], number) for n, number in found if number])

		if candidates:
			self._window.run("Looking for numbers and addresses", call, done, promise=LOOKING_ONLY)
		else:
			self.panel.show_worth(())


def left_open(candidates: Sequence[Candidate], redactions: Sequence[Redaction], pattern: PatternName) -> int:
	"""Count the places of a pattern in words, names and file names that no redaction covers yet."""
	trial = (Redaction(0, "pattern", pattern, ""),)
	number = 0
	for one in candidates:
		row = one.row
		texts = [(row.text or "", one.covered)]
		texts += [(words or "", None) for words in (row.sender, *(media.name for media in row.attachments))]
		for text, covered in texts:
			places = find(text, trial)
			if not places:
				continue
			known = find(text, redactions) if covered is None else covered
			number += sum(not any(c.start <= at.start and at.end <= c.end for c in known) for at in places)
	return number
