"""Exports that came by e-mail and were saved as .eml: found, read, or refused in plain words."""

import base64
import hashlib
import io
import unicodedata
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from cranford_desktop.errors import ProblemWithFile
from cranford_desktop.ingest import mail_files
from cranford_desktop.ingest.reading import read_export
from cranford_desktop.ingest.zip_files import opened_members

from .conftest import TODAY, Read

CHAT = "13/03/2024, 19:05 - Ann: Grüße – hello\n13/03/2024, 19:06 - Bob: x\n".encode()
OTHER = b"13/03/2024, 19:05 - Cy: other\n13/03/2024, 19:06 - Bob: x\n"
IPHONE = (
	"[13/03/2024, 19:05:11] Ann: one\ntwo\r\n"
	"\u200e[13/03/2024, 19:06:11] Ann: \u200e<attached: 00000002-PHOTO-2024-03-13-19-06-11.jpg>\r\n"
).encode()
PHOTO = "00000002-PHOTO-2024-03-13-19-06-11.jpg"


def zipped(files: dict[str, bytes]) -> bytes:
	buffer = io.BytesIO()
	with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
		for name, content in files.items():
			archive.writestr(name, content)
	return buffer.getvalue()


def mail(*attached: tuple[str, bytes, str], words: str = "The chat you asked for.") -> EmailMessage:
	message = EmailMessage()
	message["From"] = "Ann Example <ann@example.org>"
	message["To"] = "clerk@example.org"
	message["Subject"] = "WhatsApp chat"
	message.set_content(words)
	for name, content, kind in attached:
		major, minor = kind.split("/")
		message.add_attachment(content, maintype=major, subtype=minor, filename=name)
	return message


def saved(tmp_path: Path, message: EmailMessage | bytes, name: str = "message.eml") -> Path:
	path = tmp_path / name
	path.write_bytes(message if isinstance(message, bytes) else message.as_bytes())
	return path


def refused(path: Path) -> str:
	with pytest.raises(ProblemWithFile) as problem:
		read_export(path, today=TODAY)
	said = str(problem.value)
	assert "Nothing was added." in said
	return said


def test_a_zip_attached(tmp_path: Path, read: Read):
	inner = zipped({"_chat.txt": IPHONE, PHOTO: b"jpg"})
	path = saved(tmp_path, mail(("WhatsApp Chat - Planning.zip", inner, "application/zip")))
	export = read(path)
	assert next((record.sender, record.raw) for record in export.records) == ("Ann", "one\ntwo")
	assert export.file_name == "WhatsApp Chat - Planning.zip"
	assert export.chat_name == "Planning"
	assert (export.sha256, export.size) == (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size)
	assert export.present == {1: PHOTO}
	got = bytearray()
	with opened_members(path) as members:
		assert members.copy(export.media[PHOTO], got.extend) == hashlib.sha256(b"jpg").hexdigest()
	assert bytes(got) == b"jpg"


def test_a_text_attached_with_photos_beside_it(tmp_path: Path, read: Read):
	path = saved(tmp_path, mail(("_chat.txt", IPHONE, "application/octet-stream"), (PHOTO, b"jpg", "image/jpeg")))
	export = read(path)
	assert export.present == {1: PHOTO}
	got = bytearray()
	with opened_members(path) as members:
		members.copy(export.media[PHOTO], got.extend)
	assert bytes(got) == b"jpg"


@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "us-ascii", "iso-8859-1", "unknown-8bit"])
def test_texts_in_every_transfer_encoding(tmp_path: Path, read: Read, coding: str, charset: str):
	body = {
		"base64": base64.encodebytes(CHAT),
		"quoted-printable": b"".join(
			b"=%02X" % byte if byte > 126 or byte == 61 else bytes((byte,)) for byte in CHAT.replace(b"\n", b"\r\n")
		),
		"8bit": CHAT,
	}[coding]
	head = (
		"From: ann@example.org\r\nMIME-Version: 1.0\r\n"
		f'Content-Type: text/plain; charset="{charset}"; name="WhatsApp Chat with Planning.txt"\r\n'
		f"Content-Transfer-Encoding: {coding}\r\n"
		'Content-Disposition: attachment; filename="WhatsApp Chat with Planning.txt"\r\n\r\n'
	)
	export = read(saved(tmp_path, head.encode() + body))
	assert next(iter(export.records)).raw == "Grüße – hello"
	assert export.chat_name == "Planning"


def test_a_text_in_windows_characters(tmp_path: Path, read: Read):
	chat = "13/03/2024, 19:05 - Ann: Grüße\n13/03/2024, 19:06 - Bob: x\n"
	message = mail()
	message.add_attachment(chat, charset="cp1252", filename="WhatsApp Chat with Planning.txt")
	assert next(record.raw for record in read(saved(tmp_path, message)).records) == "Grüße"


@pytest.mark.parametrize(
	"field",
	[
		"filename*=UTF-8''WhatsApp%20Chat%20with%20Caf%C3%A9.txt",
		"filename*0*=UTF-8''WhatsApp%20Chat; filename*1*=%20with%20Caf%C3%A9.txt",
		'filename="=?UTF-8?Q?WhatsApp_Chat_with_Caf=C3=A9.txt?="',
		'filename="C:\\\\Users\\\\x\\\\WhatsApp Chat with Café.txt"',
		f'filename="{unicodedata.normalize("NFD", "WhatsApp Chat with Café.txt")}"',
	],
)
def test_names_in_every_form(tmp_path: Path, read: Read, field: str):
	head = (
		"From: ann@example.org\r\nMIME-Version: 1.0\r\nContent-Type: application/octet-stream\r\n"
		f"Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment;\r\n {field}\r\n\r\n"
	)
	export = read(saved(tmp_path, head.encode() + base64.encodebytes(CHAT)))
	assert export.file_name == "WhatsApp Chat with Café.txt"
	assert export.chat_name == "Café"


def test_forwarded_messages(tmp_path: Path, read: Read):
	message = mail(("WhatsApp Chat with Planning.txt", CHAT, "text/plain"))
	for _ in range(4):
		outer = mail(words="See below.")
		outer.add_attachment(message)
		message = outer
	assert len(read(saved(tmp_path, message)).records) == 2


def test_a_forwarded_message_attached_as_a_file(tmp_path: Path, read: Read):
	inner = mail(("WhatsApp Chat with Planning.txt", CHAT, "text/plain")).as_bytes()
	outer = mail(("Chat.eml", inner, "application/octet-stream"))
	assert len(read(saved(tmp_path, outer)).records) == 2


def test_a_zip_and_the_same_chat_as_a_text(tmp_path: Path, read: Read):
	inner = zipped({"WhatsApp Chat with Planning.txt": CHAT, "IMG-20240313-WA0001.jpg": b"1"})
	message = mail(
		("WhatsApp Chat with Planning.txt", CHAT, "text/plain"),
		("WhatsApp Chat with Planning.zip", inner, "application/zip"),
	)
	export = read(saved(tmp_path, message))
	assert len(export.records) == 2
	assert "IMG-20240313-WA0001.jpg" in export.media


def test_other_attachments_do_no_harm(tmp_path: Path, read: Read):
	message = mail(
		("photos.zip", zipped({"a.jpg": b"1"}), "application/zip"),
		("Minutes.docx", zipped({"[Content_Types].xml": b"x"}), "application/vnd.ms-word"),
		("notes.txt", b"nothing of a chat", "text/plain"),
		("WhatsApp Chat with Planning.zip", zipped({"_chat.txt": IPHONE}), "application/zip"),
	)
	assert len(read(saved(tmp_path, message)).records) == 2


def test_the_same_chat_twice_is_one(tmp_path: Path, read: Read):
	message = mail(("Chat.txt", CHAT, "text/plain"), ("Chat.txt", CHAT, "text/plain"))
	assert len(read(saved(tmp_path, message)).records) == 2


def test_a_chat_pasted_into_the_words(tmp_path: Path, read: Read):
	export = read(saved(tmp_path, mail(words="Dear clerk,\nhere it is:\n\n" + CHAT.decode())))
	assert next(record.raw for record in export.records) == "Grüße – hello"
	assert any("words of the e-mail" in warning for warning in export.warnings)


def test_several_chats_are_named_and_refused(tmp_path: Path):
	texts = mail(("WhatsApp Chat with A.txt", CHAT, "text/plain"), ("WhatsApp Chat with B.txt", OTHER, "text/plain"))
	said = refused(saved(tmp_path, texts))
	assert "2 chats" in said
	assert "“WhatsApp Chat with A.txt”, “WhatsApp Chat with B.txt”" in said
	zips = mail(
		("A.zip", zipped({"_chat.txt": CHAT}), "application/zip"),
		("B.zip", zipped({"_chat.txt": OTHER}), "application/zip"),
	)
	assert "2 chats" in refused(saved(tmp_path, zips))
	mixed = mail(("A.zip", zipped({"_chat.txt": CHAT}), "application/zip"), ("Other.txt", OTHER, "text/plain"))
	assert "one by one" in refused(saved(tmp_path, mixed))


@pytest.mark.parametrize(
	"message",
	[
		mail(),
		mail(("Minutes.pdf", b"%PDF-1.7", "application/pdf")),
		mail(("notes.txt", b"nothing of a chat", "text/plain")),
		b"Subject: x\r\nContent-Type: multipart/mixed; boundary=abc\r\n\r\n--abc\r\n",
		b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=\xff\xfe\r\nSubject: =?x?y?z\r\n\r\n\x00\x01",
		b"Content-Disposition: attachment; filename*0*=x''%zz; filename*0*=y\r\nMIME-Version: 1.0\r\n\r\nhello",
		b"",
	],
)
def test_mails_without_a_chat(tmp_path: Path, message: EmailMessage | bytes):
	said = refused(saved(tmp_path, message))
	assert "e-mail" in said or "empty" in said


def test_a_harmful_zip_in_a_mail(tmp_path: Path):
	bomb = zipped({"_chat.txt": CHAT, "IMG-1.jpg": b"\0" * (20 << 20)})
	assert "harm" in refused(saved(tmp_path, mail(("chat.zip", bomb, "application/zip"))))
	outside = zipped({"../_chat.txt": CHAT})
	assert "outside" in refused(saved(tmp_path, mail(("chat.zip", outside, "application/zip"))))
	broken = zipped({"_chat.txt": CHAT})[:-30]
	assert "damaged" in refused(saved(tmp_path, mail(("chat.zip", broken, "application/zip"))))


def test_mails_too_deep_or_of_too_many_parts(tmp_path: Path):
	message = mail(("WhatsApp Chat with Planning.txt", CHAT, "text/plain"))
	for _ in range(15):
		outer = mail()
		outer.add_attachment(message)
		message = outer
	assert "within e-mails" in refused(saved(tmp_path, message))
	nest = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(500))
	assert "more parts" in refused(saved(tmp_path, b"MIME-Version: 1.0\r\n" + nest))
	flat = b"\r\n--b\r\n\r\nx" * 3000
	assert "more parts" in refused(
		saved(tmp_path, b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n" + flat)
	)


def test_a_mail_that_is_too_large(tmp_path: Path):
	path = tmp_path / "large.eml"
	with path.open("wb") as file:
		file.write(b"MIME-Version: 1.0\r\nSubject: x\r\n\r\n")
		file.truncate(mail_files.MAX_MAIL + 1)
	assert "larger than 64 MB" in refused(path)


def test_a_mail_that_changed_meanwhile(tmp_path: Path, read: Read):
	path = saved(tmp_path, mail(("_chat.txt", IPHONE, "application/octet-stream"), (PHOTO, b"jpg", "image/jpeg")))
	export = read(path)
	saved(tmp_path, mail(("_chat.txt", IPHONE, "application/octet-stream"), (PHOTO, b"other", "image/jpeg")))
	with opened_members(path) as members, pytest.raises(ProblemWithFile, match="changed"):
		members.copy(export.media[PHOTO], bytearray().extend)
