"""The council's WhatsApp Use Policy as it stands in the archive, and whether its own review is overdue."""

from dataclasses import replace
from datetime import date

from cranford_desktop.domain.day_words import month_words
from cranford_desktop.domain.policy import Policy, PolicyTables
from cranford_desktop.services.clock import Clock
from cranford_desktop.store import reviews as books
from cranford_desktop.store.archive import Archive


class PolicyReview:
	"""Keeps the versions of the policy; reviewing it in the app comes with a later release."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		"""Take the open archive, the clock and the policy tables."""
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def record_first(self) -> None:
		"""Record the policy of the tables when the archive is set up; a second time changes nothing."""
		policy = self._tables.policy
		with self._archive.reading() as connection:
			if books.policy_versions(connection):
				return
		now = self._clock()
		with self._archive.writing(now) as change:
			version = books.add_policy_version(
				change.connection,
				title=policy.title,
				text=policy.text,
				adopted=policy.adopted,
				minute=policy.minute,
				review_due=f"{policy.review_due_year}-{policy.review_due_month:02d}",
				at=now,
			)
			change.record(
				"recorded the policy",
				{"version": version, "adopted": policy.adopted.isoformat(), "minute": policy.minute},
			)

	def policy(self) -> Policy:
		"""Return the policy in force: the version adopted last, with its sentences where the tables know them."""
		with self._archive.reading() as connection:
			versions = books.policy_versions(connection)
		known = self._tables.policy
		if not versions:
			return known
		newest = versions[0]
		year, month = newest.review_due.split("-")
		return replace(
			known,
			title=newest.title,
			text=newest.text,
			adopted=newest.adopted,
			minute=newest.minute,
			review_due_year=int(year),
			review_due_month=int(month),
			clauses=known.clauses if newest.text == known.text else (),
		)

	def overdue(self, on: date | None = None) -> bool:
		"""Say whether the month of the policy's review has passed: due in September 2026, overdue from 1 October."""
		return self._months_late(on) > 0

	def overdue_line(self, on: date | None = None) -> str:
		"""Return when the policy was or is due for review, in a sentence."""
		policy, late = self.policy(), self._months_late(on)
		month = month_words(date(policy.review_due_year, policy.review_due_month, 1))
		if late <= 0:
			return f"Your WhatsApp policy is due for review in {month}."
		return f"Your WhatsApp policy was due for review in {month} – {late} {'month' if late == 1 else 'months'} ago."

	def _months_late(self, on: date | None) -> int:
		policy, day = self.policy(), on or self._clock().date()
		return (day.year - policy.review_due_year) * 12 + day.month - policy.review_due_month
