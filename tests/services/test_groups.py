"""The register of official groups, and who belonged to a group as far as the app's own lines tell."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from cranford_desktop.domain.membership import Membership
from cranford_desktop.errors import CranfordError, NotFound
from cranford_desktop.services.council import Council
from tests.ingest.writer import AppLine, Entry, Phone, Sent, write_export
from tests.services.history_support import Moment, Told, app, hold, write

HERS, HIS = "Cllr Shaw's phone", "Phone 2"
NUMBER = "+44 7700 900123"


def at(month: int, day: int = 1, hour: int = 9, year: int = 2025) -> datetime:
	return datetime(year, month, day, hour)


def wrote(who: str, when: datetime, *phones: str) -> Moment:
	return Moment(when, {phone: Told(f"{who} at {when}", who) for phone in phones or (HERS,)})


def line(when: datetime, told: Told, other: Told | None = None) -> Moment:
	return Moment(when, {HERS: told, **({HIS: other} if other is not None else {})})


def membership(council: Council) -> Membership:
	return council.groups.membership(council.groups.all()[0].id)


def stays(council: Council) -> list[tuple[object, ...]]:
	return [(one.name, one.came, one.since, one.went, one.until, one.by) for one in membership(council).stays]


def test_the_register(council: Council) -> None:
	group = council.groups.register("  Example   Councillors ", since=date(2023, 5, 4), admin="The clerk")
	(held,) = council.groups.all()
	assert (held.id, held.name, held.since, held.admin) == (group, "Example Councillors", date(2023, 5, 4), "The clerk")
	with pytest.raises(CranfordError, match="in the register already"):
		council.groups.register("example councillors")
	other = council.groups.register("Another")
	with pytest.raises(CranfordError, match="in the register already"):
		council.groups.change(other, name="EXAMPLE COUNCILLORS", since=None, admin=None)
	council.groups.change(group, name="Example councillors", since=None, admin=" ")
	(held,) = [one for one in council.groups.all() if one.id == group]
	assert (held.name, held.since, held.admin) == ("Example councillors", None, None)
	with pytest.raises(NotFound):
		council.groups.change(99, name="Nobody", since=None, admin=None)
	with pytest.raises(NotFound):
		council.groups.membership(99)
	with pytest.raises(CranfordError, match="needs a name"):
		council.groups.register(" ")


def test_comings_and_goings(council: Council) -> None:
	ids = write(
		council,
		[
			line(at(1), app('Ann Lee created group "X"', "created", "Ann Lee")),
			line(at(1, 2), app("Ann Lee added Bob Hale and Cy Orr", "added", "Ann Lee", "Bob Hale", "Cy Orr")),
			line(at(2), app("Dee joined using this group's invite link", "joined", "Dee")),
			wrote("Eve Old", at(2, 2)),
			line(at(3), app("Bob Hale left", "left", "Bob Hale")),
			line(at(4), app("Ann Lee removed Dee", "removed", "Ann Lee", "Dee")),
			line(at(5), app("Bob Hale and Fay were added", "added", "Bob Hale", "Fay")),
			line(at(6), app("Gus left", "left", "Gus")),
		],
	)
	assert stays(council) == [
		("Ann Lee", "created", at(1), None, None, None),
		("Bob Hale", "added", at(1, 2), "left", at(3), "Ann Lee"),
		("Cy Orr", "added", at(1, 2), None, None, "Ann Lee"),
		("Dee", "joined", at(2), "removed", at(4), None),
		("Eve Old", "seen", at(2, 2), None, None, None),
		("Bob Hale", "added", at(5), None, None, None),
		("Fay", "added", at(5), None, None, None),
		("Gus", "seen", at(6), "left", at(6), None),
	]
	assert membership(council).stays[1].evidence == (ids[1], ids[4])
	assert membership(council).admins == ("Ann Lee",)


def test_several_phones_tell_of_one_coming_once(council: Council) -> None:
	write(
		council,
		[
			line(
				at(1),
				app('You created group "X"', "created", "You"),
				app('Ann Lee created group "X"', "created", "Ann Lee"),
			),
			line(
				at(2),
				app(f"You added {NUMBER}", "added", "You", NUMBER),
				app("Ann Lee added Bob", "added", "Ann Lee", "Bob"),
			),
			*(wrote("Ann Lee", at(3, day), HERS, HIS) for day in range(1, 4)),
			Moment(at(4), {HIS: Told("hello", "Bob")}),
		],
	)
	assert stays(council) == [
		("Ann Lee", "created", at(1), None, None, None),
		("Bob", "added", at(2), None, None, "Ann Lee"),
	]


def test_lines_that_were_not_joined_tell_of_one_coming_once(council: Council) -> None:
	write(
		council,
		[
			line(at(1), app("Ann Lee added Bob", "added", "Ann Lee", "Bob")),
			Moment(at(1) + timedelta(minutes=2), {HIS: app("Ann Lee added Bob", "added", "Ann Lee", "Bob")}),
			line(at(2), app("Bob left", "left", "Bob")),
			Moment(at(2) + timedelta(minutes=1), {HIS: app("Bob left", "left", "Bob")}),
		],
	)
	assert [one for one in stays(council) if one[0] == "Bob"] == [("Bob", "added", at(1), "left", at(2), "Ann Lee")]


def test_you_is_the_holder_of_the_phone(council: Council) -> None:
	write(council, [line(at(1), app("You added Bob", "added", "You", "Bob")), wrote("Jean S", at(2))])
	assert {one.name for one in membership(council).stays} == {f"You on {HERS}", "Bob", "Jean S"}
	person = council.people.name_sender("Jean S", "Cllr Jean Shaw", None)
	hold(council, HERS, person)
	assert stays(council) == [
		("Bob", "added", at(1), None, None, "Cllr Jean Shaw"),
		("Cllr Jean Shaw", "seen", at(1), None, None, None),
	]


def test_a_new_number_is_the_same_member(council: Council) -> None:
	new = "+44 7700 900456"
	write(
		council,
		[
			line(at(1), app(f"Ann added {NUMBER}", "added", "Ann", NUMBER)),
			line(at(2), app(f"{NUMBER} changed to {new}", "number", NUMBER, new)),
			wrote(new, at(3)),
			line(at(4), app(f"{new} left", "left", new)),
		],
	)
	(stay,) = [one for one in membership(council).stays if one.name != "Ann"]
	assert (stay.since, stay.until) == (at(1), at(4))


def test_who_writes_after_leaving_has_come_back(council: Council) -> None:
	ids = write(
		council,
		[wrote("Bob", at(1)), line(at(2), app("Bob left", "left", "Bob")), wrote("Bob", at(4)), wrote("Bob", at(5))],
	)
	assert stays(council) == [
		("Bob", "seen", at(1), "left", at(2), None),
		("Bob", "seen", at(4), None, None, None),
	]
	assert membership(council).stays[1].evidence == (ids[2],)


def test_names_the_clerk_joined_are_one_member(council: Council) -> None:
	write(council, [wrote("Jean", at(1)), wrote("Mrs Shaw", at(2))])
	for name in ("Jean", "Mrs Shaw"):
		council.people.name_sender(name, "Cllr Jean Shaw", None)
	assert stays(council) == [("Cllr Jean Shaw", "seen", at(1), None, None, None)]


def test_admins(council: Council) -> None:
	write(
		council,
		[
			line(at(1), app('Ann created group "X"', "created", "Ann")),
			line(at(2), app("Bob is now an admin", "admin", "Bob")),
			line(at(3), app("You're now an admin", "admin", "You")),
			line(at(4), app("Bob is no longer an admin", "admin_lost", "Bob")),
			line(at(5), app("Ann left", "left", "Ann")),
		],
	)
	assert membership(council).admins == (f"You on {HERS}",)


def test_who_left_office_and_is_still_in_the_group(council: Council) -> None:
	write(
		council,
		[wrote(name, at(month)) for month, name in enumerate(("Peter Holt", "Jean Shaw", "Stranger", "Rae"), 1)],
	)
	assert membership(council).disagreements == ()
	holt = council.people.name_sender("Peter Holt", "Peter Holt", None)
	council.people.set_term(holt, "Councillor", date(2023, 5, 4), date(2025, 3, 5))
	shaw = council.people.name_sender("Jean Shaw", "Jean Shaw", None)
	council.people.set_term(shaw, "Clerk", date(2023, 5, 4), None)
	council.people.name_sender("Rae", "Rae Lane", "Resident")
	assert [(one.kind, one.words) for one in membership(council).disagreements] == [
		("left_office", "Peter Holt left office on 5 March 2025 and is still in the group."),
		("not_on_roll", "Rae Lane (Resident) is in the group and not in office."),
		("not_on_roll", "Stranger is in the group, and nobody has said who that is."),
	]


def test_what_no_export_can_show_yet_is_not_said(council: Council) -> None:
	write(council, [wrote("Peter Holt", at(1))])
	holt = council.people.name_sender("Peter Holt", "Peter Holt", None)
	council.people.set_term(holt, "Councillor", None, date(2025, 6, 5))
	assert membership(council).disagreements == ()


def test_a_member_in_office_who_left_the_group(council: Council) -> None:
	names = ("Ann Lee", "Bob Hale", "Cy Orr")
	write(
		council,
		[
			*(wrote(name, at(1, n)) for n, name in enumerate(names, 1)),
			line(at(2), app("Cy Orr left", "left", "Cy Orr")),
		],
	)
	for name in names:
		council.people.set_term(council.people.name_sender(name, name, None), "Councillor", None, None)
	(one,) = membership(council).disagreements
	assert (one.kind, one.words) == ("not_in_group", "Cy Orr is in office and does not show in the group.")


def test_other_languages_are_read_by_what_stands_between_the_names(council: Council) -> None:
	write(
		council,
		[
			line(at(1), app("Ann hat Bob und Cy hinzugefügt", "added", "Ann", "Bob", "Cy")),
			line(at(2), app("Du hast Dee entfernt", "removed", "You", "Dee")),
			line(at(3), app("Du und Eve wurden hinzugefügt", "added", "You", "Eve")),
			line(at(4), app("Fay und du wurden hinzugefügt", "added", "Fay", "You")),
		],
	)
	assert [(one[0], one[1], one[3], one[5]) for one in stays(council)] == [
		("Ann", "seen", None, None),
		("Bob", "added", None, "Ann"),
		("Cy", "added", None, "Ann"),
		("Dee", "seen", "removed", None),
		(f"You on {HERS}", "seen", None, None),
		("Eve", "added", None, None),
		("Fay", "added", None, None),
	]


def test_three_real_exports_tell_of_one_membership(council: Council, tmp_path: Path) -> None:
	def entries() -> list[Entry]:
		told: list[Entry] = [
			AppLine(at(1), '{who} created group "Example Councillors"', "Ann Lee"),
			AppLine(at(1, 2), f"{{who}} added {NUMBER}", "Ann Lee"),
		]
		for day in range(1, 25):
			for hour, who in ((10, "Ann Lee"), (12, "Bob Hale"), (14, "Cy Orr")):
				told.append(Sent(at(2, day, hour), who, f"What {who} had to say on day {day} about the drains"))
		return [*told, AppLine(at(3, 2), "{who} left", "Cy Orr")]

	for owner, names in (("Ann Lee", {"Bob Hale": NUMBER}), ("Bob Hale", {"Cy Orr": "Cyril"}), ("Dee", {})):
		phone = Phone("android", owner=owner, names=names)
		path = write_export(tmp_path / f"{owner}.txt", phone, entries())
		council.importing.import_file(path, group="Example Councillors", phone=f"{owner}'s phone")
	assert [(one.first, one.second, one.certain) for one in council.people.guesses()] == [
		("Bob Hale", NUMBER, True),
		("Cy Orr", "Cyril", True),
	]
	assert [(one[0], one[1], one[3], one[5]) for one in stays(council)] == [
		("Ann Lee", "created", None, None),
		("Bob Hale", "added", None, "Ann Lee"),
		("Cy Orr", "seen", "left", None),
	]
