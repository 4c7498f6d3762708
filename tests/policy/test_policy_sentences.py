"""One test for each sentence of the council's WhatsApp Use Policy, named by section and point, driving the services.

What of a sentence comes with a later release stands in not_built_yet.toml, by name; README shows that list.
"""

import hashlib
import io
import re
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pypdfium2
import pytest

from cranford_desktop.domain.cases import CaseDraft
from cranford_desktop.domain.disclosure import Regime
from cranford_desktop.domain.importing import Answers
from cranford_desktop.domain.messages import MessageFilter, MessageRow
from cranford_desktop.errors import CranfordError, NotFound
from cranford_desktop.policy_tables import load
from cranford_desktop.services.council import Council
from tests.policy.conftest import GROUP, NOW, OFFICIAL

POLICY = load().policy
NOT_BUILT = tomllib.loads((Path(__file__).parent / "not_built_yet.toml").read_text(encoding="utf-8"))["not_built"]
README = Path(__file__).parents[2] / "README.md"


def said(council: Council, words: str) -> MessageRow:
	(row,) = council.browsing.stream(MessageFilter(search=words))
	return row


def case(kind: str, *, clause: str | None = None, ids: tuple[int, ...] = ()) -> CaseDraft:
	return CaseDraft(
		kind=kind,  # type: ignore[arg-type]
		title="Something happened",
		happened_on=date(2026, 11, 2),
		noticed_at=datetime(2026, 11, 20, 16, 10) if kind == "data_breach" else None,
		people=("Cllr Ben Sample",),
		facts="What can be shown.",
		clause=clause,
		message_ids=ids,
	)


def ask(council: Council, *, regime: Regime = "foi", search: str = "mill") -> int:
	request = council.requests.create(
		regime=regime, received=date(2026, 11, 9), requester="Alex Example", wording="Everything about the ditch."
	)
	council.gathering.gather(request.id, MessageFilter(search=search))
	return request.id


def pack_bytes(council: Council, request_id: int, folder: str) -> bytes:
	"""Every byte of one side of a request's newest pack, members of compressed files unpacked."""
	result = council.disclosing.make_pack(request_id)
	found = b""
	for path, data in council.disclosing.files(request_id, result.pack_number).items():
		if path.startswith(folder):
			found += path.encode() + data
			if zipfile.is_zipfile(io.BytesIO(data)):
				with zipfile.ZipFile(io.BytesIO(data)) as inner:
					found += b"".join(inner.read(name) for name in inner.namelist())
	return found


def text_of(pdf: bytes) -> str:
	document = pypdfium2.PdfDocument(pdf)
	try:
		return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
	finally:
		document.close()


# Introduction


def test_introduction_the_policy_is_kept_word_for_word_with_its_adoption(council: Council) -> None:
	held = council.policy_review.policy()
	assert held.text == POLICY.text
	assert (held.adopted, held.minute) == (date(2024, 9, 16), "24/037")
	for clause in held.clauses:
		if clause.key != "dates":
			assert clause.text in held.text


# 1. Information Governance


def test_section_1_first_point_each_law_has_its_own_clock(council: Council) -> None:
	received = date(2026, 11, 9)
	dues = {regime: council.requests.deadline(regime, received).due for regime in ("foi", "eir", "sar")}
	assert dues == {"foi": date(2026, 12, 8), "eir": date(2026, 12, 8), "sar": date(2026, 12, 9)}


def test_section_1_second_point_a_chat_that_is_no_official_group_is_never_silently_taken(
	council: Council, export: Callable[..., Path]
) -> None:
	with pytest.raises(CranfordError):
		council.importing.import_file(export(name="WhatsApp Chat with Family.zip"))
	assert council.browsing.count() == 0
	council.importing.import_file(export(), group=GROUP)
	assert [group.name for group in council.importing.groups()] == [GROUP]


def test_section_1_second_point_a_private_chat_is_asked_about_and_can_be_left_out(
	council: Council, export: Callable[..., Path]
) -> None:
	private = export(
		("01/11/2026, 09:00 - Cllr Ann Example: Shall we meet first", "01/11/2026, 09:01 - Cllr Ben Sample: At seven"),
		name="WhatsApp Chat with Cllr Ben Sample.zip",
	)
	preview = council.importing.preview(private)
	assert preview.question == "one_to_one"
	council.importing.take(preview, Answers(keep="none"))
	assert council.browsing.count() == 0
	assert council.importing.groups() == []


def test_section_1_second_point_the_register_says_which_groups_are_official_and_since_when(official: Council) -> None:
	(group,) = official.groups.all()
	official.groups.change(group.id, name=group.name, since=date(2024, 9, 16), admin="The clerk")
	(group,) = official.groups.all()
	assert (group.since, group.admin) == (date(2024, 9, 16), "The clerk")


def test_section_1_second_point_several_phones_make_one_history_of_a_group(
	official: Council, export: Callable[..., Path]
) -> None:
	before = official.browsing.count()
	lines = [
		"[01/11/2026, 09:00:12] Ann: Mrs Hartley of 14 Mill Lane rang, her number is 07700 900123",
		"[01/11/2026, 09:01:40] Ben S: Mill Lane again! I will look at it",
		"[01/11/2026, 09:02:02] Ben S: Happy birthday, Dad",
		"[02/11/2026, 10:01:09] Ben S: You are useless",
		"[02/11/2026, 10:02:30] Ann: All agreed then, we order the pipe",
		"[03/11/2026, 08:00:00] Ann: The pipe has come",
	]
	receipt = official.importing.import_file(export(tuple(lines), f"WhatsApp Chat - {GROUP}.zip"), group=GROUP)
	assert (receipt.new, receipt.matched) == (1, 5)
	assert official.browsing.count() == before + 1


def test_section_1_second_point_who_belonged_to_a_group_is_told_from_whatsapps_own_lines(
	council: Council, export: Callable[..., Path]
) -> None:
	lines = (
		"16/09/2024, 18:00 - Ann Example created group “Events”",
		"16/09/2024, 18:01 - Ann Example added Ben Sample",
		"17/09/2024, 18:05 - Ben Sample: Thank you for having me",
		"05/05/2026, 09:00 - Ben Sample left",
	)
	council.importing.import_file(export(lines, "WhatsApp Chat with Events.zip"), group="Events")
	(group,) = council.groups.all()
	stays = {one.name: one for one in council.groups.membership(group.id).stays}
	assert stays["Ben Sample"].since.date() == date(2024, 9, 16)
	until = stays["Ben Sample"].until
	assert until is not None
	assert until.date() == date(2026, 5, 5)


def test_section_1_third_point_a_message_that_should_not_be_there_can_be_logged(official: Council) -> None:
	row = said(official, "hartley")
	logged = official.casework.log(case("policy_breach", clause="1.3", ids=(row.id,)))
	assert logged.clause == "section 1, third point"
	assert "07700 900123" in logged.evidence[0].text
	assert official.casework.log(case("data_breach", ids=(row.id,))).reference == "DB-2026-001"


def test_section_1_third_point_a_private_detail_is_pointed_at_and_a_false_alarm_stays_dismissed(
	official: Council, export: Callable[..., Path]
) -> None:
	def pointed() -> list[tuple[int, str]]:
		places = official.finding.places(official.finding.queue())
		return [(place.message_id, one.words) for place in places for one in place.suggestions]

	row = said(official, "hartley")
	official.finding.scan()
	assert pointed() == [(row.id, words) for words in ("Mrs Hartley", "14 Mill Lane", "07700 900123")]
	(place,) = official.finding.places([row.id])
	official.finding.dismiss(place.suggestions[1].ids, "The address is in the published minutes")
	assert pointed() == [(row.id, words) for words in ("Mrs Hartley", "07700 900123")]
	# A look at everything again, the same export again, and a longer one.
	official.finding.add_word("pipe", "watch")
	official.finding.scan()
	official.importing.import_file(export(), group=GROUP)
	longer = export((*OFFICIAL, "03/11/2026, 10:00 - Cllr Ben Sample: Thanks"), "WhatsApp Chat with More.zip")
	official.importing.import_file(longer, group=GROUP)
	official.finding.scan()
	assert "14 Mill Lane" not in {words for _, words in pointed()}
	assert (row.id, "07700 900123") in pointed()
	logged = official.casework.log(case("data_breach", ids=(row.id,)))
	official.finding.logged([row.id], logged.id, "data_breach")
	assert [words for _, words in pointed()] == ["pipe"]


def test_section_1_fourth_point_messages_are_found_decided_and_disclosed(official: Council) -> None:
	request_id = ask(official)
	candidates = official.deciding.candidates(request_id)
	assert len(candidates) == 3
	official.gathering.confirm_set(request_id)
	official.deciding.decide(request_id, [one.row.id for one in candidates], "release")
	result = official.disclosing.make_pack(request_id)
	assert (result.messages, result.released, result.leak_check.passed) == (3, 3, True)
	assert [search.found for search in official.gathering.searches(request_id)] == [3]


# 2. Acceptable Use


def test_section_2_first_point_photos_are_kept_as_sent_and_leave_without_their_place(
	official: Council, photo: bytes
) -> None:
	(row,) = official.browsing.stream(MessageFilter(kinds=("media",)))
	(attachment,) = row.attachments
	assert attachment.id is not None
	assert official.browsing.attachment(attachment.id) == photo
	request_id = ask(official, search="IMG*")
	official.gathering.gather(request_id, MessageFilter(ids=(row.id,)))
	official.gathering.confirm_set(request_id)
	official.deciding.decide(request_id, [row.id], "release", with_media=True)
	assert b"Secretphone" in photo
	assert b"Secretphone" not in pack_bytes(official, request_id, "DISCLOSURE")


def test_section_2_first_point_photos_and_documents_are_marked_as_event_asset_or_project(official: Council) -> None:
	(row,) = official.browsing.stream(MessageFilter(kinds=("media",)))
	for name in ("Event", "Asset", "Project"):
		official.sorting.tag([row.id], name, "shows")
	assert official.browsing.detail(row.id).row.tags == ("Asset", "Event", "Project")
	assert official.browsing.count(MessageFilter(tag=("project",))) == 1
	with pytest.raises(CranfordError):
		official.sorting.tag([said(official, "noted").id], "Event", "shows")


def test_section_2_second_point_business_decided_in_the_chat_can_be_logged(official: Council) -> None:
	row = said(official, '"all agreed"')
	logged = official.casework.log(case("policy_breach", clause="section 2, second point", ids=(row.id,)))
	assert logged.evidence[0].text == "All agreed then, we order the pipe"


def test_section_2_second_point_what_was_decided_in_the_chat_stands_in_the_report_for_the_next_meeting(
	official: Council,
) -> None:
	row = said(official, '"all agreed"')
	(found,) = official.meetings.suggestions()
	assert (found.row.id, found.reason) == (row.id, "It says that something is agreed: “all agreed”")
	assert official.meetings.matters() == []
	official.meetings.set_next_meeting(date(2026, 12, 1))
	item = official.meetings.add(row.id, route="agenda", subject="The pipe for the ditch")
	report = official.meetings.make_report()
	(pdf,) = (data for name, data in official.meetings.report_files(report.id).items() if name.endswith(".pdf"))
	words = text_of(pdf)
	for expected in ("The pipe for the ditch", "All agreed then, we order the pipe", "A chat is not a minute."):
		assert expected in words
	official.meetings.deal(item.id, "26/118", date(2026, 11, 23))
	with pytest.raises(CranfordError):
		official.meetings.make_report()


def test_section_2_third_point_conduct_is_logged_with_a_copy_that_stays(official: Council) -> None:
	row = said(official, "useless")
	logged = official.casework.log(case("policy_breach", clause="2.3", ids=(row.id,)))
	assert (logged.clause, logged.reference) == ("section 2, third point", "PB-2026-001")
	assert logged.evidence[0].sha256
	assert "monitoring officer" in logged.next_step


def test_section_2_fourth_point_a_personal_message_is_left_out_of_a_pack_and_still_decided(official: Council) -> None:
	private = said(official, "birthday")
	request_id = ask(official, search="mill OR birthday")
	official.gathering.confirm_set(request_id)
	for one in official.deciding.candidates(request_id):
		official.deciding.decide(request_id, [one.row.id], "not_held" if one.row.id == private.id else "release")
	assert official.deciding.requester_view(request_id, private.id) is None
	assert official.disclosing.make_pack(request_id).not_held == 1
	assert b"birthday" not in pack_bytes(official, request_id, "DISCLOSURE").lower()


def test_section_2_fourth_point_a_message_marked_personal_leaves_browsing_and_never_a_request(
	official: Council,
) -> None:
	private = said(official, "birthday")
	request_id = ask(official, search="mill OR birthday")
	(suggested,) = official.sorting.suggestions()
	assert (suggested.row.id, suggested.suggestion.kind) == (private.id, "personal")
	assert said(official, "birthday").category == "council"
	official.sorting.say_kind([private.id], "personal")
	browsed = official.browsing.ids(MessageFilter(without_personal=True))
	assert private.id not in browsed
	assert len(browsed) == len(OFFICIAL) - 1
	assert private.id in [one.row.id for one in official.deciding.candidates(request_id)]
	assert official.gathering.gather(request_id, MessageFilter(search="birthday")).found == 1
	logged = official.casework.log(case("policy_breach", clause="2.4", ids=(private.id,)))
	assert logged.clause == "section 2, fourth point"
	official.sorting.undo()
	assert said(official, "birthday").category == "council"


# 3. Dispute Resolution


def test_section_3_first_point_a_dispute_begins_informally_between_those_involved(official: Council) -> None:
	logged = official.casework.log(case("dispute", ids=(said(official, "useless").id,)))
	assert logged.stage == "Logged"
	assert logged.next_step.startswith("Those involved talk it over in person first.")
	assert "section 3, first point" in logged.next_step
	told = official.casework.add_note(logged.id, "They talked", "Both will leave it at that.")
	assert told.steps[-1].what == "They talked"


def test_section_3_fourth_point_records_of_a_dispute_outlive_the_six_years_of_their_messages(
	official: Council,
) -> None:
	row = said(official, "noted")
	assert official.retention.position().due == 2
	logged = official.casework.log(case("dispute", ids=(row.id,)))
	found = official.retention.position()
	assert (found.due, [(one.reference, one.messages) for one in found.held]) == (1, [(logged.reference, 1)])


# 4. Policy Enforcement


def test_section_4_second_point_a_report_to_the_clerk_is_logged_with_who_told(official: Council) -> None:
	draft = replace(case("policy_breach", clause="2.4"), reported_by="Cllr Ann Example")
	logged = official.casework.log(draft)
	assert official.casework.get(logged.id).reported_by == "Cllr Ann Example"
	assert [one.reference for one in official.casework.cases("policy_breach")] == ["PB-2026-001"]


# 5. Data Retention


def test_section_5_first_point_everything_is_archived_once_and_kept_for_six_years(
	official: Council, export: Callable[..., Path]
) -> None:
	texts = [row.text for row in official.browsing.stream(MessageFilter()) if row.kind == "message"]
	assert texts == [line.split(": ", 1)[1] for line in OFFICIAL if "attached" not in line]
	again = official.importing.import_file(export(), group=GROUP)
	assert (again.new, again.already_imported) == (0, True)
	assert official.browsing.count() == len(OFFICIAL)
	assert official.retention.position(date(2025, 5, 1)).due == 0
	assert official.retention.position(date(2025, 5, 2)).due == 2
	assert official.retention.position().first_due == date(2025, 5, 2)


def test_section_5_second_point_the_last_export_of_each_phone_is_known(official: Council, tmp_path: Path) -> None:
	(phone,) = official.importing.phones()
	assert (phone.name, phone.last_record.date()) == ("Cllr Example's phone", date(2026, 11, 2))
	assert official.safekeeping.backup(tmp_path / "stick").verified


def test_section_5_second_point_a_member_who_has_not_exported_is_found_asked_and_answered_for(
	official: Council,
) -> None:
	ann = official.people.name_sender("Cllr Ann Example", "Cllr Ann Example", "Councillor")
	ben = official.people.name_sender("Cllr Ben Sample", "Cllr Ben Sample", "Councillor")
	(phone,) = official.importing.phones()
	official.importing.set_phone(phone.id, phone.name, ann)
	(found,) = [one for one in official.holdings.findings() if one.kind == "not_exported"]
	assert found.person_id == ben
	draft = official.asking.draft("export", ben, [GROUP], due=date(2026, 12, 7))
	assert "Do not delete any message" in draft.body
	assert "section 77" in draft.body
	(ask,) = official.asking.record("yearly", [ben], [GROUP], "email", on=date(2026, 11, 9), due=date(2026, 11, 20))
	assert any(item.key == "asks" for item in official.home.page().items)
	official.asking.reply(ask, "nothing_held", date(2026, 11, 21))
	lines = {one.person_id: one for one in official.asking.member_return(2026).lines}
	assert (lines[ben].reply, lines[ann].last_export) == ("nothing_held", NOW.date())
	assert not any(item.key == "asks" for item in official.home.page().items)


def test_section_5_second_point_a_conversation_goes_to_the_councils_email_and_into_the_register(
	official: Council, tmp_path: Path
) -> None:
	day = MessageFilter(group=GROUP, start=date(2026, 11, 1), end=date(2026, 11, 1))
	mail = official.transfers.make(day, "eml", to="clerk@example.org")
	made = official.transfers.save(mail, tmp_path / mail.name, member="Cllr Ann Example", to_whom="clerk@example.org")
	read = message_from_bytes((tmp_path / mail.name).read_bytes(), policy=default)
	body = read.get_body()
	assert body is not None
	assert "Mill Lane again! I will look at it" in body.get_content()
	assert "INTERNAL: not a disclosure" in read["Subject"]
	assert [one.get_content_type() for one in read.iter_attachments()] == ["application/pdf"]
	assert official.transfers.register() == [made]
	assert (made.start, made.end, made.messages) == (date(2026, 11, 1), date(2026, 11, 1), 3)
	assert made.sha256 == hashlib.sha256(mail.data).hexdigest()


def test_section_5_third_point_a_residents_details_leave_no_byte_in_what_is_disclosed(official: Council) -> None:
	request_id = ask(official)
	official.gathering.confirm_set(request_id)
	official.deciding.decide(request_id, [one.row.id for one in official.deciding.candidates(request_id)], "release")
	for words in ("Mrs Hartley", "14 Mill Lane"):
		official.redacting.redact(request_id, "text", words, "s40(2)")
	official.redacting.redact(request_id, "pattern", "phone", "s40(2)")
	disclosed = pack_bytes(official, request_id, "DISCLOSURE").lower()
	for secret in (b"hartley", b"14 mill", b"900123", b"alex example"):
		assert secret not in disclosed


def test_section_5_third_point_all_that_is_held_about_a_person_is_listed_with_why(official: Council) -> None:
	person = official.directory.add("Mrs Edna Hartley")
	official.directory.add_detail(person, "phone", "+44 7700 900123")
	found = official.held_about.about("Mrs Edna Hartley")
	[message] = [one for one in found.items if one.place == "named"]
	assert set(message.why) == {"Title and family name: Mrs Hartley", "Their number: +44 7700 900123"}
	request_id = ask(official, regime="sar", search="ditch")
	official.gathering.gather(request_id, MessageFilter(ids=tuple(found.message_ids())))
	assert len(official.deciding.candidates(request_id)) == 2


def test_section_5_fourth_point_what_is_past_its_time_is_put_to_a_review_that_erases_nothing_yet(
	official: Council,
) -> None:
	state = official.retention.start_review()
	report = official.retention.finish_review(replace(state, page="check", minute="26/101"))
	assert (report.outcome, report.position.due) == ("schedule", 2)
	assert official.browsing.count() == len(OFFICIAL)
	assert sorted(path.rsplit(".")[-1] for path in official.retention.review_files(state.id)) == ["pdf", "xlsx"]


def test_section_5_fifth_point_a_data_breach_has_its_seventy_two_hours(official: Council) -> None:
	logged = official.casework.log(case("data_breach"))
	assert logged.noticed_at is not None
	assert logged.due_at == logged.noticed_at + timedelta(hours=72)
	assert any(item.key == f"case:{logged.id}" and item.tone == "danger" for item in official.home.page().items)
	with pytest.raises(CranfordError):
		official.casework.log(replace(case("data_breach"), noticed_at=None))


# 6. Policy Review


def test_section_6_first_point_what_the_council_does_is_recorded_without_words_or_names(official: Council) -> None:
	official.casework.log(case("dispute", ids=(said(official, "useless").id,)))
	checked = official.safekeeping.verify()
	assert checked.ledger_entries >= 4
	assert checked.problems == ()


def test_section_6_second_point_the_policys_own_review_is_seen_to_be_overdue(council: Council) -> None:
	assert not council.policy_review.overdue(date(2026, 9, 30))
	assert council.policy_review.overdue(date(2026, 10, 1))
	assert any(item.key == "policy_review" for item in council.home.page().items)


def test_closing_lines_adoption_and_minute_are_on_the_reviews_report(official: Council) -> None:
	state = official.retention.start_review()
	report = official.retention.finish_review(replace(state, minute_pending=True))
	assert "adopted 16 September 2024, minute 24/037" in report.policy_line
	assert "overdue: it was due in September 2026" in report.policy_line


# The list itself


def test_every_sentence_is_tested_or_named_as_not_built() -> None:
	for clause in POLICY.clauses:
		name = "test_" + re.sub(r"\W+", "_", clause.cite)
		tested = any(one == name or one.startswith(f"{name}_") for one in globals())
		listed = [one for one in NOT_BUILT if one["clause"] == clause.key]
		assert tested or listed, clause.cite
		for one in listed:
			assert one.get("tested", True) == tested, clause.cite


def test_only_sentences_of_the_policy_are_listed_and_each_by_name() -> None:
	keys = {clause.key for clause in POLICY.clauses}
	assert {one["clause"] for one in NOT_BUILT} <= keys
	assert all(one["name"].strip() for one in NOT_BUILT)


def test_readme_shows_the_list() -> None:
	shown = " ".join(README.read_text(encoding="utf-8").split())
	for one in NOT_BUILT:
		assert one["name"] in shown, one["clause"]


def test_a_sentence_that_the_policy_does_not_have_is_refused(council: Council) -> None:
	with pytest.raises(NotFound):
		council.casework.log(case("policy_breach", clause="section 4, third point"))
