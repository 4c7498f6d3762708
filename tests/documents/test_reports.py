"""Retention reports, certificates, internal record, recovery sheet: they say what is true and nothing more."""

import io
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pypdfium2

from cranford_desktop.documents.certificates import (
	ERASES_NOTHING,
	retention_report_pdf,
	retention_report_xlsx,
	review_report_pdf,
	review_report_xlsx,
)
from cranford_desktop.documents.internal import render_internal
from cranford_desktop.documents.recovery_sheet import recovery_sheet_pdf
from cranford_desktop.domain.disclosure import InternalLog, LoggedDecision, LoggedRedaction, SearchRecord
from cranford_desktop.domain.retention import ClassPosition, DueMonth, HeldReason, RetentionPosition, ReviewReport

NOW = datetime(2026, 11, 23, 10, 30)
POLICY = "WhatsApp Use Policy, adopted 16 September 2024, minute 24/037, section 5, first and fourth points"
ASSUMED = ("Assumed: your Records Retention Policy is not recorded. Disputes and policy breaches are kept six years.",)
POSITION = RetentionPosition(
	on=date(2026, 11, 23),
	total=1_512,
	due=84,
	held=(HeldReason("FOI-2026-001 asks about this", "FOI-2026-001", 12),),
	first_due=date(2025, 3, 4),
	oldest=date(2019, 3, 4),
	classes=(
		ClassPosition("council", "Council messages", 6, 1_490, date(2025, 3, 4)),
		ClassPosition("personal", "Personal messages that came in with an export", None, 22, None),
	),
	months=(DueMonth("Cranford Full Council", 2019, 3, 40, 0), DueMonth("Cranford Full Council", 2019, 4, 56, 12)),
)
REVIEW = ReviewReport(
	reference="RR-2026-001",
	outcome="schedule",
	position=POSITION,
	minute="26/114",
	council="Cranford Parish Council",
	policy_line=POLICY,
	made_at=NOW,
	practice=True,
	encrypted=True,
	ledger_head="41: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
	assumed=ASSUMED,
	messages=(("Cranford Full Council", date(2019, 3, 4), 40), ("Cranford Full Council", date(2019, 4, 9), 44)),
	note="Looked through with the Chairman.",
)
NIL = replace(
	REVIEW,
	outcome="nil",
	position=replace(POSITION, due=0, held=(), months=(), first_due=date(2030, 5, 1)),
	messages=(),
)
LOG = InternalLog(
	council="Cranford Parish Council",
	practice=False,
	reference="FOI-2026-001",
	regime="foi",
	requester="Sam Weller",
	received=date(2026, 10, 26),
	due=date(2026, 11, 23),
	wording="All messages about the drain in Mill Lane.",
	pack_number=1,
	made_at=NOW,
	decisions=(
		LoggedDecision(
			"FOI-2026-001-0001",
			"Cranford Full Council",
			NOW,
			"Cllr Ann Boothroyd",
			"=Mrs Jean Potter rang\nagain " * 40,
			"Withhold",
			"s42",
			"Advice of the solicitor",
			"",
			"Openness",
			"It stays closed",
			"",
		),
	),
	redactions=(LoggedRedaction("Text everywhere", "Jean Potter", "s40(2)", "A resident", "Resident 1", ""),),
	searches=(SearchRecord(NOW, "drain", 41, 40),),
	not_recorded=("FOI-2026-001-0004 (message 9): reason",),
	checks=(("Texts looked for in the finished files", "41"),),
)


def said(pdf: bytes) -> str:
	document = pypdfium2.PdfDocument(pdf)
	return " ".join(" ".join(document[at].get_textpage().get_text_range() for at in range(len(document))).split())


def test_retention_report() -> None:
	made = retention_report_pdf(POSITION, "Cranford Parish Council", NOW, False, POLICY, ASSUMED)
	words = said(made)
	for part in (
		"1,512",
		"84",
		"FOI-2026-001 asks about this",
		"4 March 2025",
		"minute 24/037",
		ERASES_NOTHING,
		"not recorded",
		"April 2019",
	):
		assert part in words
	assert "PRACTICE" not in words
	assert made == retention_report_pdf(POSITION, "Cranford Parish Council", NOW, False, POLICY, ASSUMED)


def test_retention_report_in_excel() -> None:
	made = retention_report_xlsx(POSITION, "Cranford Parish Council", NOW, True, POLICY, ASSUMED)
	book = openpyxl.load_workbook(io.BytesIO(made))
	assert book.sheetnames == ["Position", "Held", "Kinds", "By month"]
	assert book["Position"]["A2"].value == "PRACTICE"
	assert book["Held"]["C2"].value == 12


def test_schedule_of_a_review_erases_nothing_and_says_so() -> None:
	words = said(review_report_pdf(REVIEW))
	for part in (
		"Retention review: schedule",
		"RR-2026-001",
		"84 messages are past",
		ERASES_NOTHING,
		"Monday 4 March 2019",
		"26/114",
		"entry 41, 9f86d081884c7d65",
		"Signed for the council",
		"Looked through with the Chairman",
		"PRACTICE",
	):
		assert part in words
	assert REVIEW.ledger_head not in words
	assert openpyxl.load_workbook(io.BytesIO(review_report_xlsx(REVIEW)))["Schedule"]["C2"].value == 40


def test_nil_certificate_claims_only_what_is_true() -> None:
	words = said(review_report_pdf(NIL))
	assert "Nil certificate" in words
	assert "none of them was due" in words
	assert "1 May 2030" in words
	assert "no message that is due is held" in words
	assert "Schedule" not in openpyxl.load_workbook(io.BytesIO(review_report_xlsx(NIL))).sheetnames
	assert "pass phrase, by the council's choice" in said(review_report_pdf(replace(NIL, encrypted=False)))


def test_internal_record_is_marked_on_every_page_and_holds_the_reasons() -> None:
	files = render_internal(LOG)
	assert all(name.startswith("INTERNAL-") for name in files)
	pdf = next(data for name, data in files.items() if name.endswith(".pdf"))
	document = pypdfium2.PdfDocument(pdf)
	assert all("INTERNAL" in document[at].get_textpage().get_text_range() for at in range(len(document)))
	for part in (
		"Sam Weller",
		"Advice of the solicitor",
		"Jean Potter",
		"Resident 1",
		"drain",
		"message 9",
		"It stays closed",
	):
		assert part in said(pdf)
	book = openpyxl.load_workbook(io.BytesIO(next(data for name, data in files.items() if name.endswith(".xlsx"))))
	assert all(name.startswith("INTERNAL") for name in book.sheetnames)
	assert book["INTERNAL decisions"]["F2"].data_type == "s"


def test_empty_internal_record_can_be_printed() -> None:
	empty = replace(LOG, decisions=(), redactions=(), searches=(), not_recorded=(), wording="", requester="")
	assert "not recorded" in said(next(iter(render_internal(empty).values())))


def test_recovery_sheet_is_one_page_with_every_group() -> None:
	key = "K7Q2M-4TZ9X-8BWNC-V3HYD-R6JPE-0AFGS-1X5KT"
	made = recovery_sheet_pdf("Cranford Parish Council", key, NOW, True)
	assert len(pypdfium2.PdfDocument(made)) == 1
	words = said(made)
	for group in key.split("-"):
		assert group in words
	assert "PRACTICE" in words
	assert "back-up" in words
