"""What is kept of requests."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from cranford_desktop.domain.disclosure import (
	Decision,
	LeakPlace,
	LeakReport,
	PackFile,
	PackResult,
	SearchRecord,
)
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import CranfordError, NotFound
from cranford_desktop.store import casebook, stored
from tests.store.books_support import NOW, bare_archive, export, minutes, said, sealed, take, take_said

RECEIVED = date(2026, 11, 2)


def asked(c: Connection, reference: str = "FOI-2026-001", received: date = RECEIVED) -> int:
	return casebook.create_request(
		c,
		reference=reference,
		regime="foi",
		received=received,
		requester="A. Resident",
		wording="Everything about the drain in Mill Lane",
		at=NOW,
	)


def pack(number: int, passed: bool = True) -> PackResult:
	return PackResult(
		request_id=1,
		reference="FOI-2026-001",
		pack_number=number,
		messages=3,
		released=2,
		redacted=1,
		withheld=1,
		not_in_scope=0,
		not_held=0,
		undecided_media=0,
		not_recorded=("reason for message 0002",),
		leak_check=LeakReport(2, () if passed else (LeakPlace("pack.pdf", "page 2", 1),)),
		files=(PackFile("DISCLOSURE/pack.pdf", "ab" * 32, 1234),),
	)


def test_a_request_comes_back_as_it_was_written() -> None:
	with bare_archive() as c:
		request_id = asked(c)
		held = casebook.request(c, request_id)
		assert (held.reference, held.regime, held.received, held.status) == ("FOI-2026-001", "foi", RECEIVED, "open")
		assert (held.created_at, held.set_confirmed, held.candidates, held.undecided, held.packs) == (
			NOW,
			False,
			0,
			0,
			0,
		)
		assert casebook.request_by_reference(c, "foi-2026-001") == held
		assert casebook.request_by_reference(c, "FOI-2026-002") is None
		with pytest.raises(NotFound):
			casebook.request(c, 99)


def test_a_reference_is_given_once() -> None:
	with bare_archive() as c:
		asked(c)
		with pytest.raises(CranfordError, match="already a request"):
			asked(c, "foi-2026-001")


def test_requests_come_newest_first_and_closed_ones_are_not_open() -> None:
	with bare_archive() as c:
		first = asked(c)
		second = asked(c, "FOI-2026-002", RECEIVED + timedelta(days=1))
		assert [one.id for one in casebook.requests(c)] == [second, first]
		casebook.mark_answered(c, first, date(2026, 11, 20))
		assert casebook.request(c, first).answered_on == date(2026, 11, 20)
		assert [one.id for one in casebook.open_requests(c)] == [first, second]
		casebook.mark_answered(c, first, date(2026, 11, 20), status="closed")
		assert [one.id for one in casebook.open_requests(c)] == [second]


def test_the_live_query_and_its_source_are_kept() -> None:
	wanted = (MessageFilter(search="drain", start=date(2024, 1, 1)), MessageFilter(ids=(1, 2), kinds=("media",)))
	with bare_archive() as c:
		request_id = asked(c)
		casebook.set_source(c, request_id, include=wanted, source_json='{"a":1}')
		casebook.set_source(c, request_id, include=wanted)
		casebook.set_confirmed(c, request_id)
		held = casebook.request(c, request_id)
		assert (held.include, held.source_json, held.set_confirmed) == (wanted, '{"a":1}', True)


def test_a_request_is_written_anew_under_its_reference() -> None:
	wanted = (MessageFilter(group="Allotments"),)
	with bare_archive() as c:
		request_id = asked(c)
		casebook.rewrite_request(
			c,
			request_id,
			regime="eir",
			received=date(2026, 11, 3),
			requester="B. Resident",
			wording="Other words",
			include=wanted,
			source_json="{}",
		)
		held = casebook.request(c, request_id)
		assert (held.reference, held.regime, held.received) == ("FOI-2026-001", "eir", date(2026, 11, 3))
		assert (held.requester, held.wording, held.include, held.source_json) == (
			"B. Resident",
			"Other words",
			wanted,
			"{}",
		)


@given(
	st.lists(
		st.builds(
			MessageFilter,
			search=st.none() | st.text(max_size=5),
			group=st.none() | st.text(max_size=5),
			person=st.none() | st.text(max_size=5),
			start=st.none() | st.dates(),
			end=st.none() | st.dates(),
			ids=st.none() | st.lists(st.integers(0, 9), max_size=3).map(tuple),
			kinds=st.none() | st.just(("message", "poll")),
		),
		max_size=3,
	)
)
@settings(max_examples=40, deadline=None)
def test_a_live_query_survives_its_column(wanted: list[MessageFilter]) -> None:
	assert stored.filters(stored.filters_json(wanted)) == tuple(wanted)


def test_the_set_grows_and_shrinks_with_what_was_decided_on_it() -> None:
	with bare_archive() as c:
		take(c, export(minutes("w1", "w2")), group="Working group")
		take(c, export(minutes("a1"), "a"), group="Allotments")
		request_id = asked(c)
		assert casebook.add_messages(c, request_id, [1, 2, 3, 99], NOW) == 3
		assert casebook.add_messages(c, request_id, [3], NOW) == 0
		assert list(casebook.candidate_ids(c, request_id)) == [3, 1, 2]
		casebook.decide(c, request_id, [1], "withhold", exemption="s40(2)", reason="a reason", at=NOW)
		span = casebook.add_redaction(
			c, request_id, kind="span", value="w1", exemption="s40(2)", message_id=1, start=0, end=2, at=NOW
		)
		assert casebook.redactions(c, request_id) == [span]
		assert casebook.request(c, request_id).undecided == 2
		assert list(casebook.undecided_ids(c, request_id)) == [3, 2]
		assert casebook.remove_messages(c, request_id, [1, 77]) == 1
		assert (casebook.decisions(c, request_id), casebook.redactions(c, request_id)) == ({}, [])
		assert list(casebook.candidate_ids(c, request_id)) == [3, 2]
		casebook.clear(c, request_id)
		assert casebook.request(c, request_id).candidates == 0


def test_the_later_decision_wins_and_can_be_taken_back() -> None:
	with bare_archive() as c:
		take_said(c, "one", "two", "three")
		request_id = asked(c)
		casebook.add_messages(c, request_id, [1, 2], NOW)
		assert casebook.decide(c, request_id, [1, 2, 3], "release", at=NOW) == 2
		assert (
			casebook.decide(
				c,
				request_id,
				[1],
				"withhold",
				exemption="s40(2)",
				reason="reason",
				prejudice="prejudice",
				public_interest="interest",
				balance="balance",
				with_media=True,  # what is withheld takes no photo along
				at=NOW,
			)
			== 1
		)
		assert casebook.decisions(c, request_id) == {
			1: Decision(1, "withhold", "s40(2)", "reason", "prejudice", "interest", "balance"),
			2: Decision(2, "release"),
		}
		assert casebook.undecide(c, request_id, [1, 3]) == 1
		assert list(casebook.decisions(c, request_id)) == [2]


def test_a_version_that_arrives_after_a_decision_is_noticed() -> None:
	with bare_archive() as c:
		take(c, export(minutes("one", "two")))
		request_id = asked(c)
		casebook.add_messages(c, request_id, [1, 2], NOW)
		casebook.decide(c, request_id, [1, 2], "release", at=NOW)
		assert casebook.changed_since_decided(c, request_id) == set()
		later = [said("one, corrected", edited=True), said("two", at=minutes("", "")[1].sent_at)]
		take(c, export(later, "later"), matched={0: 1, 1: 2})
		assert casebook.changed_since_decided(c, request_id) == {1}


def test_redactions_are_kept_in_order_and_taken_back_by_their_own_request_only() -> None:
	with bare_archive() as c:
		first, second = asked(c), asked(c, "FOI-2026-002")
		held = casebook.add_redaction(
			c, first, kind="text", value="Mrs Hill", exemption="s40(2)", reason="why", stand_in="a resident", at=NOW
		)
		casebook.add_redaction(c, first, kind="pattern", value="phone", exemption="s40(2)", at=NOW)
		assert [(one.kind, one.value, one.stand_in) for one in casebook.redactions(c, first)] == [
			("text", "Mrs Hill", "a resident"),
			("pattern", "phone", None),
		]
		with pytest.raises(NotFound):
			casebook.remove_redaction(c, second, held.id)
		casebook.remove_redaction(c, first, held.id)
		assert [one.kind for one in casebook.redactions(c, first)] == ["pattern"]


def test_searches_are_recorded() -> None:
	with bare_archive() as c:
		request_id = asked(c)
		record = SearchRecord(NOW, "drain", 4, 3)
		casebook.add_search(c, request_id, record)
		assert casebook.searches(c, request_id) == [record]


def test_a_pack_supersedes_the_one_before_and_stays_as_it_was() -> None:
	with bare_archive() as c:
		request_id = asked(c)
		assert casebook.next_pack_number(c, request_id) == 1
		file_id = sealed(c, "a pack", "pack")
		casebook.add_pack(c, request_id, pack(1), {"DISCLOSURE/pack.pdf": file_id}, NOW)
		casebook.set_placed(c, request_id, 1, "/somewhere/else")
		casebook.add_pack(c, request_id, pack(2, passed=False), {}, NOW)
		assert casebook.next_pack_number(c, request_id) == 3
		second, first = casebook.packs(c, request_id)
		assert (first.result, first.superseded, first.placed_at) == (pack(1), True, "/somewhere/else")
		assert (second.result, second.superseded, second.placed_at) == (pack(2, passed=False), False, None)
		assert casebook.pack_files(c, request_id, 1) == {"DISCLOSURE/pack.pdf": file_id}
		assert casebook.request(c, request_id).packs == 2
		with pytest.raises(NotFound):
			casebook.pack_files(c, request_id, 7)


def test_references_count_up_over_requests_and_cases() -> None:
	with bare_archive() as c:
		assert casebook.next_number(c, "FOI-2026-") == 1
		asked(c, "FOI-2026-009")
		asked(c, "foi-2026-011")
		asked(c, "FOI-2026-x")
		asked(c, "FOI-2025-044")
		assert casebook.next_number(c, "FOI-2026-") == 12


def test_times_are_kept_to_the_moment() -> None:
	summer = datetime.fromisoformat("2026-07-01T10:00:00+01:00")
	with bare_archive() as c:
		request_id = asked(c)
		casebook.add_search(c, request_id, SearchRecord(summer, "drain", 0, 0))
		assert casebook.searches(c, request_id)[0].at == summer
