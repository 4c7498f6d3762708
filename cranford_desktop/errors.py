"""Problems a person can act on, apart from bugs.

A `CranfordError` says three things in plain words: what happened, what is safe, what to do. It never carries message
text or a person's name. Anything else that is raised is a bug.
"""


class CranfordError(Exception):
	"""A problem a person can act on: the window shows its sentences, `cranford` prints them and exits with 2."""

	def __init__(self, what: str, safe: str = "", do: str = "", detail: str = "") -> None:
		"""Take what happened, what is safe, what to do, and a technical detail for the clerk's IT helper."""
		self.what = what
		self.safe = safe
		self.do = do
		self.detail = detail
		super().__init__(" ".join(part for part in (what, safe, do) if part))


class ProblemWithFile(CranfordError):
	"""A file that was handed in cannot be taken: not a chat, damaged, hostile, or not built yet."""


class ProblemWithArchive(CranfordError):
	"""The archive cannot be opened, read or written: wrong pass phrase, open elsewhere, newer, full disk, damaged."""


class WrongSecret(ProblemWithArchive):
	"""The pass phrase or recovery key does not fit, or none was given: asking again is the answer."""


class RefusedByPolicy(CranfordError):
	"""A rule forbids it: a hold, an undecided message, a leak check that did not pass."""


class NotFound(CranfordError):
	"""A group, person, request or case that is named does not exist in this archive."""


class NotBuiltYet(CranfordError):
	"""A part of the design that comes with a later issue; never answered with a guess."""

	def __init__(self, name: str, safe: str = "") -> None:
		"""Take the name of what is not built, as the clerk or the command line calls it."""
		self.name = name
		super().__init__(f"not built yet: {name}", safe)


class Cancelled(Exception):
	"""The clerk cancelled a job; whatever it had begun has been rolled back."""
