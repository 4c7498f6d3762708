"""Voice notes decoded in memory; what is no voice note is refused in plain words."""

import io
import struct
import wave

import pytest
import soundfile

from cranford_desktop.documents.sound import LONGEST, decode
from cranford_desktop.errors import ProblemWithFile

RATE = 16_000


def spoken(seconds: float, *, channels: int = 1, subtype: str = "OPUS", form: str = "OGG") -> bytes:
	"""Return a hum as a phone writes it."""
	out = io.BytesIO()
	frames = int(seconds * RATE)
	samples = b"".join(struct.pack("<h", (at * 400) % 8000 - 4000) * channels for at in range(frames))
	with soundfile.SoundFile(out, "w", RATE, channels, subtype=subtype, format=form) as file:
		file.buffer_write(samples, dtype="int16")
	return out.getvalue()


@pytest.mark.parametrize(("subtype", "form"), [("OPUS", "OGG"), ("VORBIS", "OGG"), ("PCM_16", "WAV")])
@pytest.mark.parametrize("channels", [1, 2])
def test_what_phones_write_is_decoded_whole(subtype: str, form: str, channels: int) -> None:
	sound = decode(spoken(1.5, channels=channels, subtype=subtype, form=form))
	assert (sound.rate, sound.channels) == (RATE, channels)
	assert sound.seconds == pytest.approx(1.5, abs=0.05)
	assert any(sound.samples)


@pytest.mark.parametrize(
	"data",
	[
		b"",
		b"OggS",
		b"OggS" + bytes(range(200)),
		b"\x00\x00\x00\x18ftypM4A " + bytes(100),
		b"%PDF-1.7",
		spoken(0.5)[:120],
		spoken(0.5, channels=2).replace(b"OpusHead", b"OpusHeap"),
	],
)
def test_anything_else_is_refused_and_kept(data: bytes) -> None:
	with pytest.raises(ProblemWithFile) as refused:
		decode(data)
	assert "Save a copy" in str(refused.value)


def test_a_note_that_claims_to_be_endless_is_not_decoded() -> None:
	out = io.BytesIO()
	with wave.open(out, "wb") as file:
		file.setparams((1, 2, 1, 0, "NONE", ""))  # one sample a second
		file.writeframes(bytes(2 * (LONGEST + 10)))
	with pytest.raises(ProblemWithFile):
		decode(out.getvalue())
