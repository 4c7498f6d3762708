"""One council's records, open: the services the window and `cranford` work with."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.letter_templates import letter_tables
from cranford_desktop.services.asking import Asking
from cranford_desktop.services.browsing import Browsing
from cranford_desktop.services.casework import Casework
from cranford_desktop.services.changing_law import ChangingLaw
from cranford_desktop.services.clock import LONDON, Clock, standing_clock
from cranford_desktop.services.covering_people import CoveringPeople
from cranford_desktop.services.covering_photos import CoveringPhotos
from cranford_desktop.services.data_rights import DataRights
from cranford_desktop.services.deciding import Deciding
from cranford_desktop.services.directory import Directory
from cranford_desktop.services.disclosing import Disclosing
from cranford_desktop.services.disclosure_log import DisclosureLog
from cranford_desktop.services.exporting import Exporting
from cranford_desktop.services.files import Files
from cranford_desktop.services.finding import Finding
from cranford_desktop.services.gathering import Gathering
from cranford_desktop.services.groups import Groups
from cranford_desktop.services.held_about import HeldAboutPeople
from cranford_desktop.services.holdings import Holdings
from cranford_desktop.services.holidays import BankHolidays
from cranford_desktop.services.home import Home
from cranford_desktop.services.importing import Importing
from cranford_desktop.services.internal_reviews import InternalReviews
from cranford_desktop.services.legal_reasons import LegalReasons
from cranford_desktop.services.letters import Letters
from cranford_desktop.services.meetings import Meetings
from cranford_desktop.services.name_findings import NameFindings
from cranford_desktop.services.other_places import OtherPlaces
from cranford_desktop.services.people import People
from cranford_desktop.services.policy_review import PolicyReview
from cranford_desktop.services.redacting import Redacting
from cranford_desktop.services.regulator_bundles import RegulatorBundles
from cranford_desktop.services.reminders import Reminders
from cranford_desktop.services.request_documents import RequestDocuments
from cranford_desktop.services.request_events import RequestEvents
from cranford_desktop.services.request_statistics import RequestStatistics
from cranford_desktop.services.requests import Requests
from cranford_desktop.services.retention import Retention
from cranford_desktop.services.safekeeping import RECOVERY_SHEET, Safekeeping
from cranford_desktop.services.searching import Searching
from cranford_desktop.services.second_look import SecondLook
from cranford_desktop.services.sending import Sending
from cranford_desktop.services.sorting import Sorting
from cranford_desktop.services.subject_access import SubjectAccess
from cranford_desktop.services.time_log import TimeLog
from cranford_desktop.services.transfers import Transfers
from cranford_desktop.services.without_archive import WithoutArchive
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
	held_about: HeldAboutPeople
	groups: Groups
	holdings: Holdings
	asking: Asking
	other_places: OtherPlaces
	time_log: TimeLog
	without_archive: WithoutArchive
	reviews: InternalReviews
	data_rights: DataRights
	statistics: RequestStatistics
	bundles: RegulatorBundles
	transfers: Transfers
	requests: Requests
	bank_holidays: BankHolidays
	request_events: RequestEvents
	request_documents: RequestDocuments
	changing_law: ChangingLaw
	gathering: Gathering
	deciding: Deciding
	reasons: LegalReasons
	redacting: Redacting
	covering: CoveringPeople
	subject_access: SubjectAccess
	covering_photos: CoveringPhotos
	disclosing: Disclosing
	second_look: SecondLook
	letters: Letters
	sending: Sending
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
	other_places = OtherPlaces(archive, clock, tables, holdings, asking)
	disclosing = Disclosing(archive, clock, tables)
	letters = Letters(archive, clock, tables, letter_tables())
	directory = Directory(archive, clock, tables, policy_review)
	held_about = HeldAboutPeople(archive, clock)
	request_events = RequestEvents(archive, clock, tables)
	reasons = LegalReasons(archive, clock, tables)
	gathering = Gathering(archive, clock)
	deciding = Deciding(archive, clock, tables)
	redacting = Redacting(archive, clock, tables)
	without_archive = WithoutArchive(archive, clock, tables)
	reviews = InternalReviews(archive, clock, tables)
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
		directory=directory,
		held_about=held_about,
		groups=groups,
		holdings=holdings,
		asking=asking,
		other_places=other_places,
		time_log=TimeLog(archive, clock, tables),
		without_archive=without_archive,
		reviews=reviews,
		data_rights=DataRights(archive, clock, tables),
		statistics=RequestStatistics(archive, clock, tables, requests),
		bundles=RegulatorBundles(archive, clock, tables, reviews, without_archive),
		transfers=Transfers(archive, clock),
		requests=requests,
		bank_holidays=BankHolidays(archive, clock, tables),
		request_events=request_events,
		request_documents=RequestDocuments(archive, clock),
		changing_law=ChangingLaw(archive, clock, tables),
		gathering=gathering,
		deciding=deciding,
		reasons=reasons,
		redacting=redacting,
		covering=CoveringPeople(archive, clock, people),
		subject_access=SubjectAccess(
			archive,
			clock,
			held=held_about,
			directory=directory,
			gathering=gathering,
			deciding=deciding,
			redacting=redacting,
			events=request_events,
			reasons=reasons,
		),
		covering_photos=CoveringPhotos(archive, clock, tables),
		disclosing=disclosing,
		second_look=SecondLook(archive, clock, tables, disclosing),
		letters=letters,
		sending=Sending(archive, clock, letters),
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
			places=other_places,
			meetings=meetings,
			finding=finding,
			backups=tables.backups,
		),
	)
