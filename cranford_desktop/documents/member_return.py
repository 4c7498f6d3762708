"""The yearly return on paper: every member, what they exported or answered."""

from collections.abc import Sequence
from datetime import datetime

from cranford_desktop.documents import report, words
from cranford_desktop.documents.report import Column
from cranford_desktop.documents.sheet import Sheet
from cranford_desktop.domain.asking import MemberReturn, Reply

REPLIES: dict[Reply | None, str] = {
	"exported": "Exported",
	"nothing_held": "Nothing held (nil return)",
	"will_do": "Will do it",
	"refused": "Refused",
	"no_reply": "No reply",
	None: "",
}
COVERS = (
	"It says what members sent and what they said. It does not prove that nothing is missing from a phone. Chats that "
	"no member named and messages that were deleted before an export are not covered."
)


def member_return_pdf(
	year: MemberReturn, groups: Sequence[str], council: str, made_at: datetime, practice: bool
) -> bytes:
	"""Return the yearly return as a PDF to sign and file."""
	sheet = Sheet(
		title=f"WhatsApp return {year.year}",
		council=council,
		reference=f"WhatsApp return {year.year}",
		footer=f"Made on {words.moment(made_at)}",
		practice=practice,
		made_on=made_at.date(),
	)
	report.title(sheet, council, "Yearly return of WhatsApp messages", str(year.year))
	answered = [one for one in year.lines if one.reply in ("exported", "nothing_held")]
	report.facts(
		sheet,
		[
			("Groups", "; ".join(groups) or "none registered"),
			("Members", f"{len(year.lines):,}"),
			("Asked", f"{sum(one.asked_on is not None for one in year.lines):,}"),
			("Exported or nil return", f"{len(answered):,}"),
			("Rule", "WhatsApp Use Policy, section 5, second point"),
			("Made on", words.moment(made_at)),
		],
	)
	report.table(
		sheet,
		(
			Column("Member", 30),
			Column("Latest export", 17),
			Column("Asked", 16),
			Column("Answer", 24),
			Column("On", 15),
		),
		(
			(
				"\n".join(part for part in (one.person, one.role or "") if part),
				words.day_short(one.last_export) if one.last_export else "none held",
				words.day_short(one.asked_on) if one.asked_on else "–",
				REPLIES[one.reply] or ("waiting" if one.asked_on else "–"),
				words.day_short(one.replied_on) if one.replied_on else "–",
			)
			for one in year.lines
		),
		"No member is recorded.",
	)
	sheet.need(200)
	sheet.heading("What this does not cover", size=13, level=0)
	report.paragraph(sheet, COVERS)
	sheet.heading("Signed for the council", size=13, level=0)
	report.signatures(sheet, ("Clerk, or proper officer",))
	return sheet.finish()
