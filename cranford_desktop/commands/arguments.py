"""What can be typed after `cranford`."""

import argparse
from datetime import date
from pathlib import Path
from typing import NoReturn

from cranford_desktop import __version__
from cranford_desktop.errors import CranfordError

NOT_BUILT = (
	"review",
	"dispose",
	"redact.person (in a request for disclose)",
)
"""What the design names and a later release builds; each answers "not built yet" with exit code 2."""


class Parser(argparse.ArgumentParser):
	"""An argument parser whose complaints are problems a person can act on."""

	def error(self, message: str) -> NoReturn:
		"""Raise the complaint as a `CranfordError`, so that it ends with 2 in plain words."""
		raise CranfordError(f"{self.prog}: {message}.", "", f"`{self.prog} --help` lists what can be said.")


def day(text: str) -> date:
	"""Read a DATE argument, YYYY-MM-DD."""
	try:
		if len(text) != len("2026-11-23"):
			raise ValueError
		return date.fromisoformat(text)
	except ValueError:
		raise argparse.ArgumentTypeError(f"“{text}” is not a date as YYYY-MM-DD, such as 2026-11-23") from None


def parser() -> Parser:
	"""Return the parser of `cranford`."""
	top = Parser(
		prog="cranford",
		description="A parish council's WhatsApp records, without the window.",
		epilog="The pass phrase comes from CRANFORD_PASSPHRASE or a prompt, never from the command line. "
		"Exit code 0: done; 2: a problem you can act on; 1: a fault of the program. "
		"Not built yet: " + "; ".join(NOT_BUILT) + ".",
	)
	top.add_argument("--version", action="version", version=f"cranford {__version__}")
	verbs = top.add_subparsers(dest="verb", metavar="VERB", required=True, parser_class=Parser)

	def verb(name: str, summary: str, *, archive: bool = True, as_json: bool = True) -> argparse.ArgumentParser:
		one = verbs.add_parser(name, help=summary, description=summary)
		if archive:
			one.add_argument("--archive", metavar="DIR", type=Path, required=True, help="folder of the archive")
		if as_json:
			one.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
		return one

	one = verb("new", "Make a new archive in a new or empty folder; prints the recovery key once.")
	one.add_argument("--council", metavar="NAME", help="the council's name")
	one.add_argument("--no-passphrase", action="store_true", help="choose, on record, to set no pass phrase")
	one.add_argument("--practice", action="store_true", help="a practice archive: nothing in it is real")

	one = verb("import", "Add members' WhatsApp exports.")
	one.add_argument("--group", metavar="NAME", help="the official group these chats belong to; registers it if new")
	one.add_argument("--phone", metavar="NAME", help="the phone they come from; else the one each continues")
	one.add_argument("--date-order", choices=("dmy", "mdy", "ymd"), help="how dates are to be read")
	one.add_argument("files", metavar="FILE", nargs="+", type=Path)

	one = verb("messages", "Print every message, by group and order.", as_json=False)
	one.add_argument("--search", metavar="QUERY")
	one.add_argument("--group", metavar="G")
	one.add_argument("--person", metavar="P", help="sent by")
	one.add_argument("--from", dest="start", metavar="DATE", type=day)
	one.add_argument("--to", dest="end", metavar="DATE", type=day)
	one.add_argument("--format", choices=("jsonl", "csv"), default="jsonl")

	one = verb("deadline", "Work out a deadline and show the working.", archive=False)
	one.add_argument("kind", metavar="KIND", choices=("foi", "eir", "sar", "review", "complaint", "data-breach"))
	one.add_argument("received", metavar="RECEIVED", help="YYYY-MM-DD; for data-breach YYYY-MM-DDTHH:MM")
	one.add_argument("--regime", choices=("foi", "eir"))
	one.add_argument("--clarification-asked", metavar="D", type=day)
	one.add_argument("--clarified", metavar="D", type=day)
	one.add_argument("--fee-asked", metavar="D", type=day)
	one.add_argument("--fee-paid", metavar="D", type=day)
	one.add_argument("--extended", action="store_true")

	one = verb("disclose", "Make a checked disclosure pack from a written request.")
	one.add_argument("--request", metavar="REQUEST.json", type=Path, required=True)
	one.add_argument("--out", metavar="DIR", type=Path, required=True, help="a new or empty folder")

	one = verb("retention", "Say what is due, what is held and why.")
	one.add_argument("--on", metavar="DATE", type=day)
	one.add_argument("--report", metavar="DIR", type=Path, help="also write the report as PDF and XLSX")

	one = verb("review", "Schedule what is due and not held (not built yet).")
	one.add_argument("--on", metavar="DATE", type=day)
	one.add_argument("--minute", metavar="REF")

	one = verb("dispose", "Dispose of a scheduled review (not built yet).")
	one.add_argument("--review", metavar="ID")
	one.add_argument("--on", metavar="DATE", type=day)

	verb("verify", "Read every message, file, the index and the record of actions again.")

	one = verb("backup", "Make a back-up and read it again.")
	one.add_argument("--to", metavar="DIR", type=Path, required=True)

	one = verb("export", "Write every message and file outside, readable, as a BagIt bag with JSON lines.")
	one.add_argument("--to", metavar="DIR", type=Path, required=True, help="a new or empty folder")

	one = verb("restore", "Bring a back-up back into a new folder.")
	one.add_argument("backup", metavar="BACKUP", type=Path)

	one = verb("demo", "Build the practice council, its FOI pack and retention report.", archive=False)
	one.add_argument("folder", metavar="DIR", nargs="?", type=Path, default=Path("cranford-demo"))
	return top
