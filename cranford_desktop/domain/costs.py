"""Time that counts towards the cost limit (FOIA s.12; SI 2004/3244 reg 3 and 4), done and estimated."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Activity = Literal["determine", "locate", "retrieve", "extract"]


@dataclass(frozen=True, slots=True)
class CostActivity:
	"""A row of `resources/policy/costs.toml`: work that counts."""

	key: Activity
	name: str
	hint: str


@dataclass(frozen=True, slots=True)
class CostLimit:
	"""What a council need not go beyond (FOIA s.12)."""

	hours: int
	pounds_an_hour: int
	activities: tuple[CostActivity, ...] = ()
	"""What counts, in order."""

	@property
	def pounds(self) -> int:
		"""Return the limit in pounds."""
		return self.hours * self.pounds_an_hour


@dataclass(frozen=True, slots=True)
class TimeEntry:
	"""Time of one activity, done or estimated, in minutes."""

	id: int
	request_id: int
	on: date
	activity: Activity
	minutes: int
	estimated: bool
	note: str
	"""Of an estimate: the sample it rests on."""


@dataclass(frozen=True, slots=True)
class CostTotal:
	"""The time of a request against the limit, in minutes."""

	done: int
	estimated: int
	limit: CostLimit

	@property
	def minutes(self) -> int:
		"""Return all of it."""
		return self.done + self.estimated

	@property
	def over(self) -> bool:
		"""Return whether it goes beyond the limit; what reaches it exactly does not."""
		return self.minutes > self.limit.hours * 60

	@property
	def words(self) -> str:
		"""Return "6 hours 30 minutes of 18 hours (£162.50 of £450)"."""
		pounds = self.minutes * self.limit.pounds_an_hour / 60
		told = f"£{pounds:,.0f}" if pounds == int(pounds) else f"£{pounds:,.2f}"
		return f"{time_words(self.minutes)} of {self.limit.hours} hours ({told} of £{self.limit.pounds:,})"


def total(entries: Iterable[TimeEntry], limit: CostLimit) -> CostTotal:
	"""Add up the time of a request."""
	some = list(entries)
	done = sum(one.minutes for one in some if not one.estimated)
	return CostTotal(done, sum(one.minutes for one in some) - done, limit)


def from_sample(sample: int, minutes: int, to_do: int) -> int:
	"""Return how many minutes something takes where a sample of it took some; rounded up to whole minutes."""
	return math.ceil(minutes * to_do / sample)


def sample_words(what: str, sample: int, minutes: int, to_do: int) -> str:
	"""Return what an estimate rests on, in a sentence without a full stop."""
	return f"a sample of {sample:,} {what} took {time_words(minutes)}, and there are {to_do:,} to go through"


def within_limit(minutes: int, limit: CostLimit) -> int:
	"""Return how many in a hundred of the work fit into the limit, rounded down to whole tens where there is room."""
	share = int(limit.hours * 60 * 100 / minutes) if minutes else 100
	return share // 10 * 10 if share >= 10 else share


def estimate_lines(entries: Sequence[TimeEntry], limit: CostLimit) -> list[str]:
	"""Return how the time was estimated, a line for each activity, and what it adds up to: for the refusal notice."""
	lines = []
	for activity in limit.activities:
		mine = [one for one in entries if one.activity == activity.key]
		if not mine:
			continue
		done = sum(one.minutes for one in mine if not one.estimated)
		ahead = sum(one.minutes for one in mine if one.estimated)
		parts = [f"{time_words(done)} spent"] if done else []
		parts += [f"{time_words(ahead)} still to come"] if ahead else []
		why = [one.note for one in mine if one.estimated and one.note]
		told = f"{activity.name}: {', '.join(parts)}"
		lines.append(f"{told}; {'; '.join(why)}." if why else f"{told}.")
	if lines:
		lines.append(f"Together: {total(entries, limit).words}.")
	return lines


def help_lines(entries: Sequence[TimeEntry], limit: CostLimit) -> list[str]:
	"""Return what advice a refusal begins with (s.16): how much fits into the limit; none while it is not exceeded."""
	found = total(entries, limit)
	if not found.over:
		return []
	return [
		f"About {within_limit(found.minutes, limit)} in a hundred of this would fit into {limit.hours} hours: "
		"for example a shorter time, one group or one subject. Tell us which matters most to you."
	]


def time_words(minutes: int) -> str:
	"""Return "6 hours 30 minutes"."""
	hours, rest = divmod(minutes, 60)
	parts = [f"{hours:,} {'hour' if hours == 1 else 'hours'}"] if hours else []
	parts += [f"{rest} {'minute' if rest == 1 else 'minutes'}"] if rest or not hours else []
	return " ".join(parts)
