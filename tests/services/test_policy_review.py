"""The policy in the archive, and when its own review is overdue."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.rules_support import TABLES, Room, room


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Room]:
	with room(tmp_path / "archive") as made:
		yield made


def test_the_policy_is_recorded_once_with_its_minute(desk: Room) -> None:
	desk.policy_review.record_first()
	entries = [entry for entry in desk.recorded() if entry.action == "recorded the policy"]
	assert [entry.detail["minute"] for entry in entries] == ["24/037"]
	assert desk.policy_review.policy() == TABLES.policy


@pytest.mark.parametrize(("on", "late"), [("2026-09-01", False), ("2026-09-30", False), ("2026-10-01", True)])
def test_its_review_is_overdue_from_the_first_of_the_next_month(desk: Room, on: str, late: bool) -> None:
	assert desk.policy_review.overdue(date.fromisoformat(on)) is late


def test_it_says_how_late_the_review_is(desk: Room) -> None:
	assert desk.policy_review.overdue()
	assert desk.policy_review.overdue_line() == (
		"Your WhatsApp policy was due for review in September 2026 – 2 months ago."
	)
	assert desk.policy_review.overdue_line(date(2026, 10, 5)).endswith("1 month ago.")
	assert "is due for review in September 2026" in desk.policy_review.overdue_line(date(2025, 1, 1))
