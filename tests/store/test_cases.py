"""What is kept of policy breaches, disputes and data breaches."""

import hashlib
from datetime import date, datetime

import pytest

from cranford_desktop.domain.cases import CaseDraft
from cranford_desktop.errors import NotFound
from cranford_desktop.store import cases
from tests.store.books_support import NOW, START, bare_archive, export, said, take, take_said

DRAFT = CaseDraft(
	kind="data_breach",
	title="A list of residents was sent to the wrong group",
	happened_on=date(2026, 11, 20),
	noticed_at=datetime(2026, 11, 21, 9, 30),
	people=("Cllr Jane Shaw", "Tom Reed"),
	facts="What happened.",
	own_view="My view.",
	clause=None,
	reported_by="The clerk",
	message_ids=(2, 1, 2, 99),
)


def test_a_case_comes_back_as_it_was_logged() -> None:
	with bare_archive() as c:
		take_said(c, "one", "two", "three")
		case_id = cases.add_case(c, DRAFT, reference="DATA-2026-001", stage="Logged", at=NOW)
		cases.add_step(c, case_id, "Logged", "", NOW)
		held = cases.case(c, case_id)
		assert (held.reference, held.kind, held.stage, held.title) == (
			"DATA-2026-001",
			"data_breach",
			"Logged",
			DRAFT.title,
		)
		assert (held.noticed_at, held.happened_on, held.people) == (DRAFT.noticed_at, DRAFT.happened_on, DRAFT.people)
		assert [one.text for one in held.evidence] == ["one", "two"]
		assert held.evidence[0].sent_at == START
		assert [one.what for one in held.steps] == ["Logged"]
		assert cases.cases(c) == [held]
		assert cases.cases(c, "data_breach") == [held]
		assert cases.cases(c, "dispute") == []
		with pytest.raises(NotFound):
			cases.case(c, 99)


def test_evidence_stays_as_it_was_when_added() -> None:
	with bare_archive() as c:
		take(c, export([said("first wording")]))
		case_id = cases.add_case(c, DRAFT, reference="DATA-2026-001", stage="Logged", at=NOW)
		before = cases.case(c, case_id).evidence
		take(c, export([said("second wording", edited=True)], "later"), matched={0: 1})
		assert cases.add_evidence(c, case_id, [1], NOW) == 0
		assert cases.case(c, case_id).evidence == before
		frozen, digest = c.exec_driver_sql("SELECT frozen, sha256 FROM evidence").one()
		assert hashlib.sha256(frozen.encode()).hexdigest() == digest == before[0].sha256


def test_evidence_of_open_cases_is_held() -> None:
	with bare_archive() as c:
		take_said(c, "one", "two", "three")
		case_id = cases.add_case(c, DRAFT, reference="DATA-2026-001", stage="Logged", at=NOW)
		assert cases.evidence_ids(c) == {"DATA-2026-001": {1, 2}}
		cases.set_stage(c, case_id, "Closed", closed_on=date(2026, 11, 23))
		assert cases.evidence_ids(c) == {}
		assert cases.next_number(c, "DATA-2026-") == 2
