"""One council's records, open: the services the window and `cranford` work with."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.letter_templates import letter_tables
from cranford_desktop.services.asking import Asking
from cranford_desktop.services.browsing import Browsing
from cranford_desktop.services.casework import Casework
from cranford_desktop.services.clock import LONDON, Clock, standing_clock
from cranford_desktop.services.covering_people import CoveringPeople
from cranford_desktop.services.covering_photos import CoveringPhotos
from cranford_desktop.services.deciding import Deciding
from cranford_desktop.services.directory import Directory
from cranford_desktop.services.disclosing import Disclosing
from cranford_desktop.services.disclosure_log import DisclosureLog
from cranford_desktop.services.exporting import Exporting
from cranford_desktop.services.files import Files
from cranford_desktop.services.finding import Finding
from cranford_desktop.services.gathering import Gathering
from cranford_desktop.services.groups import Groups
from cranford_desktop.services.holdings import Holdings
from cranford_desktop.services.home import Home
from cranford_desktop.services.importing import Importing
from cranford_desktop.services.legal_reasons import LegalReasons
from cranford_desktop.services.letters import Letters
from cranford_desktop.services.meetings import Meetings
from cranford_desktop.services.name_findings import NameFindings
from cranford_desktop.services.people import People
from cranford_desktop.services.policy_review import PolicyReview
from cranford_desktop.services.redacting import Redacting
from cranford_desktop.services.reminders import Reminders
from cranford_desktop.services.requests import Requests
from cranford_desktop.services.retention import Retention
from cranford_desktop.services.safekeeping import RECOVERY_SHEET, Safekeeping
from cranford_desktop.services.searching import Searching
from cranford_desktop.services.sorting import Sorting
from cranford_desktop.services.transfers import Transfers
from cranford_desktop.store import archive as archives
from cranford_desktop.store import keys
from cranford_desktop.store.keys import STANDARD_COST, Argon2Cost

PRACTICE_DAY = datetime(2026, 11, 23, 10, 0, tzinfo=LONDON)
"""The day on which the practice council lives; its screens and documents say so."""


@dataclass(frozen=True, slots=True)
class Council:
	"""Everything there is to do with one open archive."""

	archive: archives.Archive
	clock: Clock
	tables: PolicyTables
	importing: Importing
	browsing: Browsing
	sorting: Sorting
	meetings: Meetings
	files: Files
	searching: Searching
	people: People
	directory: Directory
	groups: Groups
	holdings: Holdings
	asking: Asking
	transfers: Transfers
	requests: Requests
	gathering: Gathering
	deciding: Deciding
	reasons: LegalReasons
	redacting: Redacting
	covering: CoveringPeople
	covering_photos: CoveringPhotos
	disclosing: Disclosing
	letters: Letters
	disclosure_log: DisclosureLog
	exporting: Exporting
	finding: Finding
	casework: Casework
	reminders: Reminders
	retention: Retention
	policy_review: PolicyReview
	safekeeping: Safekeeping
	home: Home

	@property
	def folder(self) -> Path:
		"""Return the folder in which the records lie."""
		return self.archive.folder

	@property
	def name(self) -> str:
		"""Return the council's name."""
		return self.archive.council

	@property
	def practice(self) -> bool:
		"""Return whether this is a practice council: nothing here is real."""
		return self.archive.practice

	@property
	def encrypted(self) -> bool:
		"""Return whether a pass phrase was set; without one no document claims encryption."""
		return self.archive.encrypted

	def close(self) -> None:
		"""Close the archive; nothing of it stays open."""
		self.archive.close()


def create_council(
	folder: Path,
	name: str,
	passphrase: str | None,
	*,
	practice: bool,
	clock: Clock,
	tables: PolicyTables,
	cost: Argon2Cost = STANDARD_COST,
) -> tuple[Council, str | None]:
	"""Make a new archive in a new or empty folder; return its services and the recovery key (None: no pass phrase).

	The council's policy is recorded in it at once. Raises `ProblemWithArchive` for a folder that cannot hold one.
	"""
	keeper = standing_clock(PRACTICE_DAY) if practice else clock
	archive, recovery_key = archives.create(
		folder, council=name, passphrase=passphrase, practice=practice, now=keeper(), cost=cost
	)
	council = _services(archive, keeper, tables, just_made=True)
	council.policy_review.record_first()
	if recovery_key is not None and not practice:
		with archive.writing(keeper()) as change:
			archive.set_setting(change.connection, RECOVERY_SHEET, "later")
			change.record("recovery sheet", {"done": False})
	return council, recovery_key


def open_council(folder: Path, secret: str | None, *, clock: Clock, tables: PolicyTables) -> Council:
	"""Open an archive with its pass phrase or recovery key (None where none was set)."""
	archive = archives.open_archive(folder, secret)
	return _services(archive, standing_clock(PRACTICE_DAY) if archive.practice else clock, tables)


def needs_secret(folder: Path) -> bool:
	"""Say whether an archive or back-up has to be opened with a pass phrase or recovery key."""
	return keys.needs_secret(folder)


def _services(archive: archives.Archive, clock: Clock, tables: PolicyTables, *, just_made: bool = False) -> Council:
	importing = Importing(archive, clock, tables)
	browsing = Browsing(archive)
	requests = Requests(archive, clock, tables)
	casework = Casework(archive, clock, tables)
	retention = Retention(archive, clock, tables)
	policy_review = PolicyReview(archive, clock, tables)
	safekeeping = Safekeeping(archive, clock, just_made=just_made)
	findings = NameFindings()
	people = People(archive, clock, findings)
	meetings = Meetings(archive, clock, tables)
	finding = Finding(archive, clock)
	groups = Groups(archive, clock, findings)
	holdings = Holdings(archive, clock, tables, groups)
	asking = Asking(archive, clock, tables, holdings)
	return Council(
		archive=archive,
		clock=clock,
		tables=tables,
		importing=importing,
		browsing=browsing,
		sorting=Sorting(archive, clock),
		meetings=meetings,
		files=Files(archive, clock),
		searching=Searching(archive, clock),
		people=people,
		directory=Directory(archive, clock, tables, policy_review),
		groups=groups,
		holdings=holdings,
		asking=asking,
		transfers=Transfers(archive, clock),
		requests=requests,
		gathering=Gathering(archive, clock),
		deciding=Deciding(archive, clock, tables),
		reasons=LegalReasons(archive, clock, tables),
		redacting=Redacting(archive, clock, tables),
		covering=CoveringPeople(archive, clock, people),
		covering_photos=CoveringPhotos(archive, clock, tables),
		disclosing=Disclosing(archive, clock, tables),
		letters=Letters(archive, clock, tables, letter_tables()),
		disclosure_log=DisclosureLog(archive, clock, tables),
		exporting=Exporting(archive, clock),
		finding=finding,
		casework=casework,
		reminders=Reminders(archive.council, clock, tables, requests, casework),
		retention=retention,
		policy_review=policy_review,
		safekeeping=safekeeping,
		home=Home(
			archive,
			clock,
			importing=importing,
			browsing=browsing,
			requests=requests,
			casework=casework,
			retention=retention,
			policy_review=policy_review,
			safekeeping=safekeeping,
			holdings=holdings,
			asking=asking,
			meetings=meetings,
			finding=finding,
			backups=tables.backups,
		),
	)
