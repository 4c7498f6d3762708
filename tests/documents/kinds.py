"""One of every kind of PDF that the documents make, with everything in it that can be in it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from cranford_desktop.documents.ask_letters import letters_pdf
from cranford_desktop.documents.certificates import retention_report_pdf, review_report_pdf
from cranford_desktop.documents.disclosure_log import LoggedRequest, render_log
from cranford_desktop.documents.import_receipt import receipts_pdf
from cranford_desktop.documents.internal import render_internal
from cranford_desktop.documents.internal_copy import InternalCopy, internal_copy_pdf
from cranford_desktop.documents.leaflet import leaflet_pdf
from cranford_desktop.documents.letter_pages import letter_pdf
from cranford_desktop.documents.meeting_report import meeting_report_pdf
from cranford_desktop.documents.member_return import member_return_pdf
from cranford_desktop.documents.member_sheets import acknowledgement_pdf, new_member_pdf
from cranford_desktop.documents.recovery_sheet import recovery_sheet_pdf
from cranford_desktop.documents.review_copy import ReviewCopy, review_copy_pdf
from cranford_desktop.documents.transcript import render_pack
from cranford_desktop.documents.transfer_register import transfer_register_pdf
from cranford_desktop.domain.asking import MemberReturn, ReturnLine
from cranford_desktop.domain.disclosure import Piece
from cranford_desktop.domain.meetings import Matter, MeetingItem, MeetingPaper
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.domain.transfers import Transfer
from tests.documents.samples import content, entry
from tests.documents.test_import_receipt import RECEIPT
from tests.documents.test_leaflet import leaflet, letter
from tests.documents.test_letters import LETTER
from tests.documents.test_reports import ASSUMED, LOG, NIL, POLICY, POSITION, REVIEW

COUNCIL = "Cranford Parish Council"
NOW = datetime(2026, 11, 23, 10, 30)
DAY = date(2026, 11, 23)
KEY = "K7Q2M-4TZ9X-8BWNC-V3HYD-R6JPE-0AFGS-1X5KT"
SCRIPTS = (
	"Emoji 🙏 👍🏽 👨‍👩‍👧 🇬🇧 1️⃣ and ♥️",
	"Łódź, Llŷr Ŵyn, Ελλάδα, Москва, x̂ ŷ̂",
	"नमस्ते, क्षत्रिय हिन्दी में संदेश",
	"ਸਤ ਸ੍ਰੀ ਅਕਾਲ, ਪੰਜਾਬੀ",
	"مرحبا بكم في القاعة (الغرفة 2) يوم الاثنين 14:30، والدخول مجاني للجميع من أهل القرية وضيوفهم كما في كل سنة",
	"The sign says ברוכים הבאים (שער 3) and stays. שלום לכולם, bring 2 keys to Mill Lane אחרי הצהריים",
	"東京 北京 안녕 𐎀",
)


def _scripts() -> bytes:
	made = content(1)
	entries = tuple(entry(number, (Piece(text),)) for number, text in enumerate(SCRIPTS, 1))
	return render_pack(replace(made, entries=entries, gaps={}, groups=(entries[0].group,)))


def _meeting() -> bytes:
	item = MeetingItem(1, 7, "agenda", "The drain in Mill Lane", "Ask for a quote", None, NOW, None, None, "")
	row = MessageRow(
		7, 1, "Full Council", 1, NOW, "minute", "Cllr Ann Boothroyd", None, None, "message", "Let’s take the quote 👍",
		"", False, False, 1, (), 1, "council",
	)  # fmt: skip
	email = Matter(replace(item, id=2, route="email"), row)
	return meeting_report_pdf(MeetingPaper(COUNCIL, False, DAY, NOW, (Matter(item, row), email), True))


def _return() -> bytes:
	lines = (
		ReturnLine(1, "Ann Example", "Councillor", date(2026, 10, 2), date(2026, 5, 4), "exported", date(2026, 5, 9)),
		ReturnLine(2, "Ben Sample", None, None, date(2026, 5, 4), None, None),
	)
	return member_return_pdf(MemberReturn(2026, lines), ["Full Council"], COUNCIL, NOW, practice=True)


def _register() -> bytes:
	entry_ = Transfer(1, NOW, "Ann Example", "Budget", DAY, DAY, 12, "clerk@example.org", "pdf", "0123456789abcdef" * 4)
	return transfer_register_pdf([entry_] * 60, COUNCIL, NOW, False)


def _copy() -> bytes:
	entries = content(12).entries
	copy = InternalCopy(COUNCIL, False, "Full Council, May", ("Full Council",), DAY, DAY, entries, NOW)
	return internal_copy_pdf(copy)


KINDS: Mapping[str, Callable[[], bytes]] = {
	"pack": lambda: render_pack(content(60)),
	"pack of the practice council": lambda: render_pack(content(20, practice=True)),
	"pack without messages": lambda: render_pack(replace(content(1), entries=(), gaps={})),
	"pack in all scripts": _scripts,
	"letter about a request": lambda: letter_pdf(LETTER),
	"disclosure log": lambda: render_log(
		COUNCIL,
		[LoggedRequest("FOI-2026-001", "foi", DAY, DAY, (Piece("All about "), Piece("Resident 1", True)), 40, 12, 3)]
		* 40,
		DAY,
		practice=False,
	)["disclosure-log.pdf"],
	"internal record": lambda: next(data for name, data in render_internal(LOG).items() if name.endswith("pdf")),
	"internal copy": _copy,
	"review copy": lambda: review_copy_pdf(
		ReviewCopy(COUNCIL, False, "FOI-2026-001", "foi", DAY, 1, NOW, content(12).entries, content(1).label_texts)
	),
	"retention report": lambda: retention_report_pdf(POSITION, COUNCIL, NOW, False, POLICY, ASSUMED),
	"schedule of a review": lambda: review_report_pdf(REVIEW),
	"nil certificate": lambda: review_report_pdf(NIL),
	"recovery sheet": lambda: recovery_sheet_pdf(COUNCIL, KEY, NOW, True),
	"leaflet": lambda: leaflet_pdf(leaflet("iphone"), COUNCIL, DAY, practice=False),
	"letters": lambda: letters_pdf([letter("export"), letter("yearly", "Ben Sample")], COUNCIL, DAY, practice=False),
	"import receipt": lambda: receipts_pdf([(RECEIPT, ["odd line"])], council=COUNCIL, made_at=NOW, practice=False),
	"member return": _return,
	"transfer register": _register,
	"meeting report": _meeting,
	"acknowledgement": lambda: acknowledgement_pdf(
		"Acknowledgement", "I have read:", ("One.", "Two."), "I keep to it.", "Ann Example", COUNCIL, DAY, False
	),
	"sheet for a new member": lambda: new_member_pdf(
		"Welcome", "What to know", (("First", ("One.", "Two.")),), "Ask the clerk.", COUNCIL, DAY, False
	),
}
