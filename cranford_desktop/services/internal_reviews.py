"""Internal reviews: a request of its own with its own clock, another person, a fresh decision; and the regulator."""

from datetime import date

from cranford_desktop.domain.internal_reviews import (
	REVIEWER_WORDS,
	RegulatorComplaint,
	Review,
	Reviewer,
	ReviewOutcome,
	complaint_of,
)
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.request_steps import StepKind
from cranford_desktop.domain.requests import RequestRecord
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.letter_drafts import SETTING
from cranford_desktop.services.request_clock import due_of
from cranford_desktop.store import casebook, request_steps
from cranford_desktop.store.archive import Archive, Connection

_NOTHING = "Nothing was changed."


class InternalReviews:
	"""Keeps reviews and complaints to the regulator; while one runs, the first request keeps its messages."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def start(
		self,
		request_id: int,
		*,
		asked_on: date,
		wording: str,
		reviewer: Reviewer,
		who: str = "",
		same_because: str = "",
	) -> int:
		"""Record that a review was asked for; return the id of the review, a request of its own.

		Raises `RefusedByPolicy` where there is no answer to review, another review of it runs, the law has none, the
		day lies before the answer or ahead, or the same person reviews without a reason.
		"""
		now = self._clock()
		with self._archive.writing(now) as change:
			c = change.connection
			first = casebook.request(c, request_id)
			self._require_reviewable(c, first)
			self._require_day(asked_on, first.answered_on, now.date())
			name, because = " ".join(who.split()), " ".join(same_because.split())
			decider = self._archive.setting(c, f"{SETTING}clerk") or ""
			if reviewer == "other" and not name:
				raise RefusedByPolicy("Nobody is named who reviews it.", _NOTHING, "Say who reviews it.")
			if name and name.casefold() == decider.strip().casefold():
				reviewer = "same"
			if reviewer == "same" and not because:
				raise RefusedByPolicy(
					"Whoever decided the first time reviews it only for a reason.",
					_NOTHING,
					"Choose the chair or a panel, or say why nobody else can.",
				)
			number = sum(one.of_request_id == first.id for one in casebook.requests(c)) + 1
			made = casebook.create_request(
				c,
				reference=f"{first.reference}-R{number}",
				regime=first.regime,
				received=asked_on,
				requester=first.requester,
				wording=wording.strip() or f"Review of {first.reference}",
				at=now,
				kind="review",
				of_request_id=first.id,
				address=first.address,
			)
			request_steps.add_step(
				c,
				made,
				"review_asked",
				on=asked_on,
				detail={
					"reviewer": reviewer,
					"who": name or REVIEWER_WORDS[reviewer],
					"because": because if reviewer == "same" else "",
				},
				at=now,
			)
			due = due_of(c, self._tables, casebook.request(c, made), now.date())
			change.record(
				"began a review",
				{"request": made, "of": first.id, "due": due.isoformat(), "same": reviewer == "same"},
			)
		return made

	def decide(self, review_id: int, outcome: ReviewOutcome, reasons: str) -> None:
		"""Record what the review decided, and why; a later decision replaces an earlier one until it is answered.

		Raises `RefusedByPolicy` where no reasons are given, it is no review, or it has been answered.
		"""
		now = self._clock()
		with self._archive.writing(now) as change:
			review = casebook.request(change.connection, review_id)
			if review.kind != "review" or review.status != "open":
				raise RefusedByPolicy("There is no review here to decide.", _NOTHING)
			if not reasons.strip():
				raise RefusedByPolicy("The review gives no reasons.", _NOTHING, "Say why it decided so.")
			request_steps.add_step(
				change.connection,
				review_id,
				"review_decided",
				on=now.date(),
				note=reasons.strip(),
				detail={"outcome": outcome},
				at=now,
			)
			change.record("decided a review", {"request": review_id, "outcome": outcome})

	def review(self, review_id: int) -> Review:
		"""Return a review as it stands; raises `RefusedByPolicy` where it is none, `NotFound`."""
		with self._archive.reading() as connection:
			return self._review(connection, casebook.request(connection, review_id))

	def reviews_of(self, request_id: int) -> list[Review]:
		"""Return the reviews of a request, in order."""
		with self._archive.reading() as connection:
			return [
				self._review(connection, one)
				for one in reversed(casebook.requests(connection))
				if one.kind == "review" and one.of_request_id == request_id
			]

	# the regulator
	def complaint(self, request_id: int) -> RegulatorComplaint | None:
		"""Return the complaint to the regulator about a request; None where there is none."""
		with self._archive.reading() as connection:
			return complaint_of(request_steps.steps(connection, request_id))

	def regulator_asked(self, request_id: int, on: date, reference: str = "") -> None:
		"""Record that they complained to the regulator; its messages are kept until that has an outcome.

		Raises `RefusedByPolicy` for a day before the request or ahead, and while another complaint runs.
		"""
		running = self.complaint(request_id)
		if running is not None and running.decided_on is None:
			raise RefusedByPolicy("A complaint about this request is on record.", _NOTHING, "Record its outcome.")
		self._step(request_id, "regulator_asked", on, "", {"reference": " ".join(reference.split())})

	def regulator_decided(self, request_id: int, on: date, outcome: str) -> None:
		"""Record what the regulator decided; the time for an appeal to the tribunal begins.

		Raises `RefusedByPolicy` where no complaint runs, nothing is said of its outcome, or for a day before it or
		ahead.
		"""
		running = self.complaint(request_id)
		if running is None or running.decided_on is not None:
			raise RefusedByPolicy("No complaint about this request is waiting.", _NOTHING)
		if on < running.asked_on:
			raise RefusedByPolicy("The decision lies before the complaint.", _NOTHING, "Check the day.")
		if not outcome.strip():
			raise RefusedByPolicy("Nothing is said of the outcome.", _NOTHING, "Say in a few words what was decided.")
		self._step(request_id, "regulator_decided", on, " ".join(outcome.split()), {})

	def _step(self, request_id: int, kind: StepKind, on: date, note: str, detail: dict[str, str]) -> None:
		now = self._clock()
		with self._archive.writing(now) as change:
			request = casebook.request(change.connection, request_id)
			self._require_day(on, request.received, now.date())
			request_steps.add_step(change.connection, request_id, kind, on=on, note=note, detail=detail, at=now)
			change.record(
				{"regulator_asked": "the regulator was asked", "regulator_decided": "the regulator decided"}[kind],
				{"request": request_id, "on": on.isoformat()},
			)

	def _review(self, connection: Connection, request: RequestRecord) -> Review:
		steps = request_steps.steps(connection, request.id)
		asked = next((one for one in steps if one.kind == "review_asked"), None)
		if asked is None or request.of_request_id is None:
			raise RefusedByPolicy("This is no review.", _NOTHING)
		decided = next((one for one in reversed(steps) if one.kind == "review_decided"), None)
		return Review(
			request_id=request.id,
			reference=request.reference,
			of_request_id=request.of_request_id,
			asked_on=asked.on,
			reviewer=asked.detail["reviewer"],  # type: ignore[arg-type]
			who=asked.detail["who"],
			same_because=asked.detail["because"],
			outcome=decided.detail["outcome"] if decided is not None else None,  # type: ignore[arg-type]
			reasons=decided.note if decided is not None else "",
			answered_on=request.answered_on,
		)

	@staticmethod
	def _require_reviewable(c: Connection, first: RequestRecord) -> None:
		if first.answered_on is None:
			raise RefusedByPolicy("There is no answer yet that could be reviewed.", _NOTHING, "Answer it first.")
		if first.regime == "sar" or first.kind != "access":
			raise RefusedByPolicy(
				"The law on personal data has no internal review.",
				_NOTHING,
				"Record it as a data-protection complaint: that is acknowledged within 30 days.",
			)
		if any(one.of_request_id == first.id and one.status == "open" for one in casebook.requests(c)):
			raise RefusedByPolicy("A review of this request runs already.", _NOTHING, "Open that one.")

	@staticmethod
	def _require_day(on: date, first: date | None, today: date) -> None:
		if on > today or (first is not None and on < first):
			raise RefusedByPolicy("The day lies before the request’s or in the future.", _NOTHING, "Check the day.")
