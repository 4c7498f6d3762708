"""What Home says of messages past their six years."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from cranford_desktop.domain.home import HomeItem
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.council import Council, create_council
from cranford_desktop.store.keys import Argon2Cost
from tests.services.rules_support import TABLES
from tests.store.books_support import export, said, take


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
	clock = standing_clock(datetime(2026, 11, 23, 10, 0))
	made, _ = create_council(
		tmp_path / "archive",
		"Example Parish Council",
		None,
		practice=False,
		clock=clock,
		tables=TABLES,
		cost=Argon2Cost(1, 8192, 1),
	)
	yield made
	made.close()


def hear(council: Council, name: str, *days: str) -> None:
	now = council.clock()
	with council.archive.writing(now) as change:
		records = [said(f"{name} {day}", at=datetime.fromisoformat(day)) for day in days]
		take(change.connection, export(records, name), phone=name, at=now)
		change.record("test", {})


def told(council: Council) -> HomeItem:
	return next(one for one in council.home.page().items if one.key == "retention")


def test_what_a_finished_review_has_listed_is_not_said_to_wait_for_the_review(council: Council) -> None:
	hear(council, "old", "2019-05-02 10:00", "2019-06-02 10:00", "2025-01-02 10:00")
	assert told(council).head == "2 messages are past their six years"
	state = council.retention.start_review()
	for page in ("due", "held", "check"):
		state = replace(state, page=page, minute="26/101")
		council.retention.save_review(state)
	council.retention.finish_review(state)
	listed = told(council)
	assert listed.head == "2 messages are on the schedule of 23 November 2026"
	assert listed.body == "Erasing comes with a later release; nothing has been erased."
	hear(council, "older", "2018-05-02 10:00")
	assert told(council).head == "3 messages are past their six years"
