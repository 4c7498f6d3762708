"""Where an archive may lie."""

from pathlib import Path

import pytest

from cranford_desktop.errors import ProblemWithArchive
from cranford_desktop.store import places

MOUNTS = r"""/dev/sda2 / ext4 rw 0 0
proc /proc proc rw 0 0
nas:/home /home/clerk/office nfs4 rw 0 0
//server/share /mnt/share cifs rw 0 0
//server/new /mnt/new smb3 rw 0 0
drvfs /mnt/c 9p rw 0 0
/dev/sdb1 /media/usb fuseblk rw 0 0
gdrive: /home/clerk/gd fuse.rclone rw 0 0
sshfs /mnt/with\040space fuse.sshfs rw 0 0
/dev/sdc1 /mnt/share/local ext4 rw 0 0
broken
"""


@pytest.mark.parametrize(
	("folder", "network"),
	[
		("/home/clerk/archive", False),
		("/home/clerk/office", True),
		("/home/clerk/office/deep/archive", True),
		("/home/clerk/officer", False),
		("/mnt/share/a", True),
		("/mnt/share/local/a", False),
		("/mnt/new/a", True),
		("/mnt/c/Users/clerk", True),
		("/media/usb/a", False),
		("/home/clerk/gd/a", True),
		("/mnt/with space/a", True),
		("//server/share/a", True),
		("\\\\server\\share\\a", True),
	],
)
def test_linux_says_what_is_mounted(folder: str, network: bool) -> None:
	assert places.on_network(folder, "linux", MOUNTS) is network


def test_the_disk_at_the_root_is_this_computers_own_whatever_it_is_called() -> None:
	assert not places.on_network("/srv/archive", "linux", "none / 9p rw 0 0\n")


@pytest.mark.parametrize("folder", ["\\\\server\\share\\council", "//server/share/council", "\\\\?\\UNC\\server\\s\\c"])
def test_windows_network_names(folder: str) -> None:
	assert places.on_network(folder, "win32")


def test_a_windows_drive_is_asked_of_windows_only() -> None:
	assert not places.on_network("C:\\Users\\clerk\\archive", "win32")


@pytest.mark.parametrize(
	("folder", "service"),
	[
		("C:\\Users\\clerk\\OneDrive\\Council", "OneDrive"),
		("C:\\Users\\clerk\\OneDrive - Nether Ashby Parish Council\\Archive", "OneDrive"),
		("C:\\Users\\clerk\\Dropbox\\a", "Dropbox"),
		("C:\\Users\\clerk\\Dropbox (Council)\\a", "Dropbox"),
		("G:\\My Drive\\a", "Google Drive"),
		("C:\\Users\\clerk\\iCloudDrive\\a", "iCloud"),
		("D:\\Work\\Records\\a", "OneDrive"),
		("C:\\Users\\clerk\\Documents\\One Drive papers", None),
		("C:\\Users\\clerk\\AppData\\Local\\Cranford Desktop", None),
		("C:\\Dropboxes\\a", None),
	],
)
def test_windows_synced_folders(folder: str, service: str | None) -> None:
	environment = {"OneDriveCommercial": "D:\\Work", "OneDrive": ""}
	assert places.synced_by(folder, environment, "win32") == service


@pytest.mark.parametrize(
	("folder", "service"),
	[
		("/Users/clerk/Library/Mobile Documents/com~apple~CloudDocs/a", "iCloud"),
		("/Users/clerk/Library/CloudStorage/OneDrive-Council/a", "a cloud service"),
		("/home/clerk/Nextcloud/a", "a cloud service"),
		("/home/clerk/onedrive/a", "OneDrive"),
		("/home/clerk/Google Drive/a", "Google Drive"),
		("/home/clerk/boxes/a", None),
	],
)
def test_other_systems_synced_folders(folder: str, service: str | None) -> None:
	assert places.synced_by(folder, {}, "linux") == service


def test_a_link_into_a_synced_folder_is_seen_through(tmp_path: Path) -> None:
	(tmp_path / "Dropbox").mkdir()
	(tmp_path / "council").symlink_to(tmp_path / "Dropbox")
	with pytest.raises(ProblemWithArchive, match="Dropbox") as problem:
		places.require_local(tmp_path / "council" / "archive")
	assert "Back-ups may lie" in problem.value.do


def test_this_computers_own_disk_is_fine(tmp_path: Path) -> None:
	places.require_local(tmp_path / "archive")
