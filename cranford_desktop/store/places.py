"""Where a live archive may lie: on this computer's own disk, never in a synced or network folder.

Such folders corrupt databases: a sync tool copies the database and its journal at different moments, and network file
systems lock unreliably (sqlite.org, "How To Corrupt An SQLite Database File"). Back-ups may lie there.
"""

import ctypes
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from cranford_desktop.errors import ProblemWithArchive

_PARTS = (
	(re.compile(r"onedrive( - .*|-.*)?$"), "OneDrive"),
	(re.compile(r"sharepoint( - .*|-.*)?$"), "SharePoint"),
	(re.compile(r"dropbox( \(.*\)|-.*)?$"), "Dropbox"),
	(re.compile(r"(google ?drive|googledrive-.*|my drive|drivefs)$"), "Google Drive"),
	(re.compile(r"(icloud ?drive|icloud ?drive \(archive\)|com~apple~clouddocs|mobile documents)$"), "iCloud"),
	(re.compile(r"(nextcloud|owncloud|pcloud ?drive|box sync|cloudstorage)$"), "a cloud service"),
)
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_NETWORK_TYPES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "smb2", "9p", "afs", "ncpfs", "davfs", "sshfs", "ceph"}
_DRIVE_REMOTE = 4


def synced_by(
	folder: PurePath | str, environment: Mapping[str, str] = os.environ, system: str = sys.platform
) -> str | None:
	"""Return the name of the service that seems to keep this folder in step with others; None: none is known."""
	pure: PurePath = PureWindowsPath(folder) if system == "win32" else PurePosixPath(folder)
	for part in pure.parts:
		for pattern, service in _PARTS:
			if pattern.match(part.casefold()):
				return service
	for variable in _VARIABLES:
		root = environment.get(variable, "")
		if root and pure.is_relative_to(type(pure)(root)):
			return "OneDrive"
	return None


def on_network(folder: PurePath | str, system: str = sys.platform, mounts: str | None = None) -> bool:
	"""Say whether a folder lies on another computer, as far as this system tells.

	`mounts` is the content of /proc/mounts; None reads it. The disk mounted at "/" is this computer's own, whatever its
	kind is called. On macOS nothing is known.
	"""
	if system == "win32":
		drive = PureWindowsPath(folder).drive
		return drive.startswith("\\\\") or _remote_drive(drive)
	if str(folder).startswith(("\\\\", "//")):
		return True
	if mounts is None:
		try:
			mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
		except OSError:
			return False
	return _is_network_type(_mounted_type(PurePosixPath(folder), mounts))


def require_local(folder: Path, *, practice: bool = False) -> None:
	"""Refuse a folder in which a live archive would be damaged sooner or later; raises `ProblemWithArchive`.

	A practice archive holds nobody's records, so it may lie on a network drive, which some rented machines and
	containers have only; in a synced folder it may not.
	"""
	resolved = folder.resolve()
	for path in (folder.absolute(), resolved):
		service = synced_by(path)
		if service is not None:
			raise ProblemWithArchive(
				f"This folder is kept in step with other computers by {service}. An archive would be damaged there.",
				"Nothing has been changed.",
				"Choose a folder on this computer's own disk. Back-ups may lie in a synced folder.",
			)
	if not practice and (on_network(folder.absolute()) or on_network(resolved)):
		raise ProblemWithArchive(
			"This folder lies on a network drive. An archive would be damaged there.",
			"Nothing has been changed.",
			"Choose a folder on this computer's own disk. Back-ups may lie on a network drive.",
		)


def _mounted_type(folder: PurePosixPath, mounts: str) -> str:
	"""Return the kind of file system a folder lies on; "" for the root and where nothing fits."""
	best, kind = PurePosixPath("/"), ""
	for line in mounts.splitlines():
		fields = line.split(" ")
		if len(fields) < 3:
			continue
		point = PurePosixPath(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[1]))
		if folder.is_relative_to(point) and len(point.parts) >= max(2, len(best.parts)):
			best, kind = point, fields[2]
	return kind


def _is_network_type(kind: str) -> bool:
	return kind in _NETWORK_TYPES or kind.startswith("fuse.")


def _remote_drive(drive: str) -> bool:
	windll = getattr(ctypes, "windll", None)
	return windll is not None and windll.kernel32.GetDriveTypeW(drive + "\\") == _DRIVE_REMOTE
