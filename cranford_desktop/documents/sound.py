"""Voice notes as samples: what phones write as Ogg (Opus, Vorbis) or WAV, decoded in memory by libsndfile."""

import io

import soundfile

from cranford_desktop.domain.files import Sound
from cranford_desktop.errors import ProblemWithFile

LARGEST_BYTES = 64 * 1024 * 1024
LONGEST = 2 * 60 * 60
"""Seconds of the longest voice note that is decoded."""
_FORMATS = {"OGG", "WAV"}
_TO_DO = "Save a copy to listen to it."


def decode(data: bytes) -> Sound:
	"""Return a voice note's samples. Raises `ProblemWithFile` for another format, too long or damaged."""
	if not data.startswith((b"OggS", b"RIFF")) or len(data) > LARGEST_BYTES:
		raise ProblemWithFile("This voice note cannot be played here.", "It is safe in the archive.", _TO_DO)
	try:
		with soundfile.SoundFile(io.BytesIO(data)) as file:
			if (
				file.format not in _FORMATS
				or not 1 <= file.channels <= 2
				or not 0 < file.frames <= LONGEST * file.samplerate
			):
				raise ProblemWithFile("This voice note cannot be played here.", "It is safe in the archive.", _TO_DO)
			return Sound(bytes(file.buffer_read(dtype="int16")), file.samplerate, file.channels)
	except (soundfile.SoundFileError, RuntimeError, ValueError, MemoryError) as problem:
		raise ProblemWithFile(
			"This voice note is damaged.", "It is kept as it came.", _TO_DO, type(problem).__name__
		) from None
