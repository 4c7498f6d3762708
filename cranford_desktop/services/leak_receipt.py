"""What the leak check looked at, with what outcome, and what no such check can see: for the council's own record."""

from collections.abc import Mapping, Sequence

from cranford_desktop.domain.disclosure import LeakReport, PackEnclosure

LOOKED_THROUGH = (
	"Words on pages and in cells; every other text and stream in the files, also those no page uses; properties; "
	"bookmarks, links and notes; the structure for screen readers; attached files; earlier versions inside a file; "
	"which letters the fonts bring; what cameras add to photos; words covered, cropped, white or off the page; hidden "
	"sheets, rows and words no cell shows; comments, names, formats, formulas and links of the workbook; names of "
	"files; moments of saving; checksums."
)
NOT_CHECKED = (
	"Faces, number plates, screens and handwriting in photos; who can be told by the context, a stand-in name or what "
	"is left of a sentence; what a neighbour could work out, or anybody who was there; words that were never marked as "
	"taken out; copies outside the archive."
)


def leak_receipt(
	files: Mapping[str, bytes],
	report: LeakReport,
	*,
	counted: int,
	not_looked_for: int,
	taken_back: Sequence[tuple[int, Sequence[str]]],
	enclosures: Sequence[PackEnclosure] = (),
) -> tuple[tuple[str, str], ...]:
	"""Return the receipt as names and values. `taken_back`: earlier pack's number → messages that said more in it."""
	removed = f"{report.needles:,} removed {'text' if report.needles == 1 else 'texts'}"
	elsewhere = f", {counted:,} of them only where not released by decision" if counted else ""
	lines = [
		("Leak check", "The finished files were opened again. Passed." if report.passed else "Not passed."),
		("Files opened", ", ".join(path.rpartition("/")[2] for path in sorted(files))),
		("Compared with what was released", "Every word on a page and in a cell, in order: the same, and nothing more"),
		("Looked for in the finished files", f"{removed}{elsewhere}: none more often than released"),
		("Looked through", LOOKED_THROUGH),
	]
	if not_looked_for:
		lines.append(("Not looked for", f"{not_looked_for:,} removed texts of a single letter"))
	if enclosures:
		names = ", ".join(one.reference for one in enclosures)
		pictures = ", ".join(one.reference for one in enclosures if one.as_pictures)
		looked = f"{names}: made elsewhere, so not compared; only looked through for what was removed."
		lines.append(
			("Enclosures", f"{looked} Words in pictures were not looked for: {pictures}." if pictures else looked)
		)
	for number, references in taken_back:
		lines.append(
			(
				f"Pack {number} said more",
				f"{', '.join(references)}. Whoever has both packs can see what was taken out since.",
			)
		)
	lines.append(("Not checked", NOT_CHECKED))
	return tuple(lines)
