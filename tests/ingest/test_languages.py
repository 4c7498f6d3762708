"""Exports of phones in other languages, of both platforms: names, lines of the app, media, deletions, dates."""

from datetime import datetime
from pathlib import Path

import pytest

from cranford_desktop.ingest import chat_words, system_messages

from .conftest import Read
from .writer import write_zip

L = "\u200e"

ANDROID = {
	"de": (
		"WhatsApp Chat mit Hecke.txt",
		"16.09.24, 10:11 - ",
		(
			"Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt. Niemand außerhalb dieses Chats kann sie "
			"lesen oder "
			"anhören, nicht einmal WhatsApp. Tippe, um mehr zu erfahren.",
			'Tom hat die Gruppe "Hecke: alt" erstellt.',
			"Tom hat dich hinzugefügt.",
			"Tom hat Bob entfernt.",
			"Tom hat den Betreff von „Hecke: alt“ zu „Hecke“ geändert.",
			"Bob hat die Gruppe verlassen.",
			"Du bist jetzt ein Admin.",
		),
		("encryption", "created", "added", "removed", "subject", "left", "admin"),
		("<Medien ausgeschlossen>", "Diese Nachricht wurde gelöscht.", "Du hast diese Nachricht gelöscht."),
		"IMG-20240916-WA0001.jpg (Datei angehängt)",
		"Standort: https://maps.google.com/?q=51.5,-0.12",
		"Live-Standort wird geteilt",
		"Diese Nachricht wurde bearbeitet",
		"Verpasster Sprachanruf",
	),
	"nl": (
		"WhatsApp-chat met Hecke.txt",
		"16-09-2024 10:11 - ",
		(
			"Berichten en gesprekken worden end-to-end versleuteld. Niemand buiten deze chat kan ze lezen "
			"of beluisteren, "
			"zelfs WhatsApp niet. Tik voor meer informatie.",
			"Tom heeft deze groep aangemaakt",
			"Tom heeft u toegevoegd",
			"U hebt Bob verwijderd",
			"Tom heeft het onderwerp gewijzigd naar “Hecke”",
			"Bob heeft de groep verlaten",
			"U bent nu beheerder",
		),
		("encryption", "created", "added", "removed", "subject", "left", "admin"),
		("<Media weggelaten>", "Dit bericht is verwijderd", "U hebt dit bericht verwijderd"),
		"IMG-20240916-WA0001.jpg (bestand bijgevoegd)",
		"locatie: https://maps.google.com/?q=51.5,-0.12",
		"live locatie gedeeld",
		"Dit bericht is bewerkt",
		"Gemist spraakgesprek",
	),
	"fr": (
		"Discussion WhatsApp avec Hecke.txt",
		"16/09/2024, 10:11 - ",
		(
			"Les messages et les appels sont chiffrés de bout en bout. Aucun tiers, pas même WhatsApp, ne peut les "
			"lire ou "
			"les écouter. Appuyez pour en savoir plus.",
			"Tom a créé le groupe « Hecke »",
			"Vous avez été ajouté(e)",
			"Tom a retiré Bob",
			"Tom a changé le sujet en « Hecke »",
			"Bob est parti(e)",
			"Vous êtes désormais admin",
		),
		("encryption", "created", "added", "removed", "subject", "left", "admin"),
		("<Médias omis>", "Ce message a été supprimé", "Vous avez supprimé ce message"),
		"IMG-20240916-WA0001.jpg (fichier joint)",
		"localisation : https://maps.google.com/?q=51.5,-0.12",
		"Localisation en direct partagée",
		"Ce message a été modifié",
		"Appel vocal manqué",
	),
	"es": (
		"Chat de WhatsApp con Hecke.txt",
		"16/9/24, 10:11 a.\u00a0m. - ",
		(
			"Los mensajes y las llamadas están cifrados de extremo a extremo. Nadie fuera de este chat, ni siquiera "
			"WhatsApp, puede leerlos ni escucharlos. Pulsa para obtener más información.",
			'Tom creó el grupo "Hecke"',
			"Tom te añadió",
			"Tom eliminó a Bob",
			'Tom cambió el nombre del grupo de "A" a "Hecke"',
			"Bob salió del grupo",
			"Fijaste un mensaje",
		),
		("encryption", "created", "added", "removed", "subject", "left", "pin"),
		("<Multimedia omitido>", "Se eliminó este mensaje.", "Eliminaste este mensaje."),
		"IMG-20240916-WA0001.jpg (archivo adjunto)",
		"ubicación: https://maps.google.com/?q=51.5,-0.12",
		"ubicación en tiempo real compartida",
		"Se editó este mensaje.",
		"Llamada perdida",
	),
	"it": (
		"Chat WhatsApp con Hecke.txt",
		"16/09/24, 10:11 - ",
		(
			"I messaggi e le chiamate sono crittografati end-to-end. Nessuno al di fuori di questa chat, "
			"nemmeno WhatsApp, "
			"può leggerne o ascoltarne il contenuto. Tocca per saperne di più.",
			"Tom ha creato il gruppo “Hecke”",
			"Tom ti ha aggiunto",
			"Tom ha rimosso Bob",
			"Tom ha cambiato l'oggetto da “A” a “Hecke”",
			"Bob ha abbandonato",
			"Ora sei un amministratore",
		),
		("encryption", "created", "added", "removed", "subject", "left", "admin"),
		("<Media omessi>", "Questo messaggio è stato eliminato", "Hai eliminato questo messaggio"),
		"IMG-20240916-WA0001.jpg (file allegato)",
		"posizione: https://maps.google.com/?q=51.5,-0.12",
		"posizione attuale condivisa",
		"Questo messaggio è stato modificato",
		"Chiamata vocale persa",
	),
	"pt": (
		"Conversa do WhatsApp com Hecke.txt",
		"16/09/2024 10:11 - ",
		(
			"As mensagens e as chamadas são protegidas com a criptografia de ponta a ponta e ficam somente entre você "
			"e os "
			"participantes desta conversa. Nem mesmo o WhatsApp pode ler ou ouvi-las. Toque para saber mais.",
			'Tom criou o grupo "Hecke"',
			"Tom adicionou você",
			"Tom removeu Bob",
			'Tom mudou o nome do grupo de "A" para "Hecke"',
			"Bob saiu",
			"Você agora é admin",
		),
		("encryption", "created", "added", "removed", "subject", "left", "admin"),
		("<Mídia oculta>", "Mensagem apagada", "Esta mensagem foi apagada"),
		"IMG-20240916-WA0001.jpg (arquivo anexado)",
		"localização: https://maps.google.com/?q=51.5,-0.12",
		"localização em tempo real compartilhada",
		"Mensagem editada",
		"Chamada de voz perdida",
	),
	"pl": (
		"Czat WhatsApp z Hecke.txt",
		"16.09.2024, 10:11 - ",
		(
			"Wiadomości i połączenia są w pełni zaszyfrowane. Nikt spoza czatu, nawet WhatsApp, nie może ich "
			"odczytać ani "
			"odsłuchać. Dotknij, aby dowiedzieć się więcej.",
			"Tom dodał Bob",
			"Twój kod zabezpieczeń z użytkownikiem Bob zmienił się. Stuknij, aby dowiedzieć się więcej.",
		),
		("encryption", "added", "code"),
		("<Pominięto multimedia>", "Ta wiadomość została usunięta", "Usunąłeś(aś) tę wiadomość"),
		"IMG-20240916-WA0001.jpg (załączony plik)",
		"położenie: https://maps.google.com/?q=51.5,-0.12",
		"udostępniona transmisja położenia",
		"Ta wiadomość została zmieniona",
		"Nieodebrane połączenie",
	),
}


@pytest.mark.parametrize("code", ANDROID)
def test_an_android_phone_in_another_language(read: Read, code: str):
	name, head, lines, events, (left_out, deleted, own), attached, place, live, edited, missed = ANDROID[code]
	bodies = (
		"Hallo: alle da?",
		left_out,
		deleted,
		own,
		f"{attached}\nUnter der Hecke",
		place,
		live,
		f"Punkt 3 <{edited}>",
		missed,
		"Maria.vcf " + attached.partition(" ")[2],
		f"Ist das {left_out} oder nicht?",
	)
	chat = "".join(f"{head}{line}\n" for line in lines) + "".join(f"{head}Ann: {body}\n" for body in bodies)
	export = read(chat, name=name)
	records = list(export.records)
	assert {record.sent_at for record in records} == {datetime(2024, 9, 16, 10, 11)}
	assert export.chat_name == "Hecke"
	assert [(record.kind, record.sender, record.text) for record in records[: len(lines)]] == [
		("system", None, line) for line in lines
	]
	assert not any(record.flags for record in records[: len(lines)])
	assert [(record.kind, record.text) for record in records[len(lines) :]] == [
		("message", "Hallo: alle da?"),
		("media", None),
		("deleted", None),
		("deleted", None),
		("media", "Unter der Hecke"),
		("location", place),
		("location", live),
		("message", "Punkt 3"),
		("call", None),
		("contact", None),
		("message", f"Ist das {left_out} oder nicht?"),
	]
	assert {record.sender for record in records[len(lines) :]} == {"Ann"}
	assert records[len(lines) + 4].media_name == "IMG-20240916-WA0001.jpg"
	assert records[len(lines) + 7].edited
	assert tuple(map(chat_event, lines)) == events


def chat_event(line: str) -> str | None:
	found = system_messages.match(line)
	return found.event if found else None


IPHONE = {
	"de": (
		"[16.09.24, 10:11:12] ",
		"Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt. Niemand außerhalb dieses Chats kann sie lesen.",
		"Tom hat die Gruppe verlassen",
		"angehängt",
		("Bild weggelassen", "Sticker weggelassen", "GIF weggelassen"),
		"Kontaktkarte ausgelassen",
		"Minutes.pdf • \u200e2 Seiten \u200eDokument weggelassen",
		"Diese Nachricht wurde gelöscht.",
		"Diese Nachricht wurde bearbeitet",
	),
	"nl": (
		"[16-09-2024 10:11:12] ",
		"Berichten en gesprekken worden end-to-end versleuteld. Niemand buiten deze chat kan ze lezen.",
		"Tom heeft de groep verlaten",
		"bijgevoegd",
		("afbeelding weggelaten", "sticker weggelaten", "GIF weggelaten"),
		"Visitekaartje weggelaten",
		"Minutes.pdf • \u200e2 pagina's \u200edocument weggelaten",
		"Dit bericht is verwijderd.",
		"Dit bericht is bewerkt",
	),
	"fr": (
		"[16/09/2024 10:11:12] ",
		"Les messages et les appels sont chiffrés de bout en bout. Aucun tiers ne peut les lire.",
		"Tom est parti(e)",
		"pièce jointe",
		("image absente", "sticker omis", "GIF retiré"),
		"Fiche contact manquante",
		"Minutes.pdf • \u200e2 pages \u200edocument manquant",
		"Ce message a été supprimé.",
		"Ce message a été modifié",
	),
	"es": (
		"[16/9/24, 10:11:12] ",
		"Los mensajes y las llamadas están cifrados de extremo a extremo. Nadie puede leerlos.",
		"Tom salió del grupo.",
		"adjunto",
		("imagen omitida", "sticker omitido", "GIF omitido"),
		"Tarjeta de contacto omitida",
		"Minutes.pdf • \u200e2 páginas \u200edocumento omitido",
		"Se eliminó este mensaje.",
		"Se editó este mensaje.",
	),
	"it": (
		"[16/09/24, 10:11:12] ",
		"I messaggi e le chiamate sono crittografati end-to-end. Nessuno può leggerne il contenuto.",
		"Tom ha abbandonato",
		"allegato",
		("immagine omessa", "sticker non incluso", "GIF esclusa"),
		"Scheda contatto omessa",
		"Minutes.pdf • \u200e2 pagine \u200edocumento omesso",
		"Questo messaggio è stato eliminato.",
		"Questo messaggio è stato modificato",
	),
	"pt": (
		"[16/09/2024, 10:11:12] ",
		"As mensagens e chamadas são encriptadas ponto a ponto. Ninguém pode ler ou ouvi-las.",
		"Tom saiu",
		"anexado",
		("imagem ocultada", "figurinha omitida", "GIF não revelada"),
		"Contacto não revelado",
		"Minutes.pdf • \u200e2 páginas \u200edocumento omitido",
		"Mensagem apagada.",
		"Mensagem editada",
	),
	"pl": (
		"[16.09.2024, 10:11:12] ",
		"Wiadomości i połączenia są w pełni zaszyfrowane. Nikt nie może ich odczytać.",
		"Tom opuścił grupę",
		"załączono",
		("obraz pominięty", "pominięto naklejkę", "Plik GIF pominięty"),
		"Pominięta wizytówka kontaktu",
		"Minutes.pdf • \u200e2 strony \u200edokument pominięty",
		"Ta wiadomość została usunięta.",
		"Ta wiadomość została zmieniona",
	),
}


@pytest.mark.parametrize("code", IPHONE)
def test_an_iphone_in_another_language(read: Read, code: str):
	head, notice, left, attached, left_out, contact, document, deleted, edited = IPHONE[code]
	chat = (
		f"{head}Hecke: {L}{notice}\r\n"
		f"{head}Tom: {L}{left}\r\n"
		f"{L}{head}Ann: {L}<{attached}: 00000012-PHOTO-2024-09-16-10-11-12.jpg>\r\n"
		+ "".join(f"{L}{head}Ann: {L}{one}\r\n" for one in left_out)
		+ f"{L}{head}Ann: {L}{contact}\r\n"
		f"{L}{head}Ann: {document}\r\n"
		f"{L}{head}Ann: {L}{deleted}\r\n"
		f"{head}Ann: {deleted}\r\n"
		f"{head}Ann: {left_out[0]}\r\n"
		f"{head}Ann: Punkt 3 {L}<{edited}>\r\n"
		f"{head}Ann: eins\nzwei\r\n"
	)
	records = list(read(chat, name="_chat.txt").records)
	assert [(record.sender, record.kind, record.text) for record in records] == [
		("Hecke", "system", notice),
		("Tom", "system", left),
		("Ann", "media", None),
		*[("Ann", "media", None)] * 3,
		("Ann", "contact", None),
		("Ann", "media", None),
		("Ann", "deleted", None),
		("Ann", "message", deleted),
		("Ann", "message", left_out[0]),
		("Ann", "message", "Punkt 3"),
		("Ann", "message", "eins\nzwei"),
	]
	assert records[2].media_name == "00000012-PHOTO-2024-09-16-10-11-12.jpg"
	assert records[-2].edited
	assert {record.sent_at for record in records} == {datetime(2024, 9, 16, 10, 11, 12)}


def test_a_phone_set_to_welsh(read: Read):
	"""WhatsApp has no Welsh: such a phone shows English words, Welsh names and the dates of the United Kingdom."""
	chat = (
		"16/09/2024, 10:11 - Messages and calls are end-to-end encrypted. Tap to learn more.\n"
		"16/09/2024, 10:11 - Siân Llŷn added Gŵyl y Pentref\n"
		"16/09/2024, 10:12 - Siân Llŷn: Cyfarfod: nos Fawrth?\n"
		"16/09/2024, 10:13 - Gŵyl y Pentref: <Media omitted>\n"
	)
	export = read(chat, name="WhatsApp Chat with Cyngor Plwyf.txt")
	assert [(record.sender, record.kind, record.text) for record in export.records] == [
		(None, "system", "Messages and calls are end-to-end encrypted. Tap to learn more."),
		(None, "system", "Siân Llŷn added Gŵyl y Pentref"),
		("Siân Llŷn", "message", "Cyfarfod: nos Fawrth?"),
		("Gŵyl y Pentref", "media", None),
	]
	assert (export.chat_name, export.date_order) == ("Cyngor Plwyf", "dmy")
	assert "Welsh" not in {language.name for language in chat_words.languages()}


@pytest.mark.parametrize(
	("body", "text"),
	[
		(
			"ENCUESTA:\nUna pregunta\nOPCIÓN: Opción A (0 votos)\nOPCIÓN: Opción B (1 voto)",
			"Una pregunta\nOpción A\nOpción B",
		),
		("UMFRAGE:\nWann?\nOPTION: Montag (3 Stimmen)\nOPTION: Dienstag (1 Stimme)\n", "Wann?\nMontag\nDienstag"),
		("SONDAGE :\nQuand ?\nCHOIX : lundi (3 votes)\nCHOIX : mardi (0 vote)", "Quand ?\nlundi\nmardi"),
		("ENCUESTA: ¿Cuándo? OPCIÓN: lunes (3 votos) OPCIÓN: martes (1 voto)", "¿Cuándo?\nlunes\nmartes"),
	],
)
def test_polls_in_other_languages(read: Read, body: str, text: str):
	record = next(iter(read(f"16/09/2024, 10:11 - Ann: {body}\n16/09/2024, 10:11 - Bob: x\n").records))
	assert (record.kind, record.text) == ("poll", text)


@pytest.mark.parametrize(
	"body",
	[
		"AGENDA:\nHedges\nITEM: one\nITEM: two",
		"DRINKS:\nWho?\nBEER: two (2 pints)\nWINE: one (1 glass)",
		"POLL:\nno options",
	],
)
def test_lists_in_capitals_are_no_polls(read: Read, body: str):
	record = next(iter(read(f"16/09/2024, 10:11 - Ann: {body}\n16/09/2024, 10:11 - Bob: x\n").records))
	assert (record.kind, record.text) == ("message", body)


def test_one_export_is_in_one_language(read: Read):
	"""A marker in another language than the file's was typed."""
	chat = "".join(f"16/09/2024, 10:1{minute} - Ann: <Media omitted>\n" for minute in range(6))
	chat += "16/09/2024, 10:20 - Ann: Diese Nachricht wurde gelöscht.\n16/09/2024, 10:20 - Ann: Mensagem apagada\n"
	kinds = [record.kind for record in read(chat).records]
	assert kinds == ["media"] * 6 + ["message"] * 2


def test_files_of_the_app_are_attached_in_any_language(tmp_path: Path, read: Read):
	chat = (
		"16/09/2024, 10:11 - Ann: DOC-20220502-WA0006. (filă atașată)\nBuget\n16/09/2024, 10:11 - Ann: notă (cu rost)\n"
	)
	records = list(read(write_zip(tmp_path / "x.zip", {"_chat.txt": chat.encode()})).records)
	assert [(record.kind, record.text) for record in records] == [("media", "Buget"), ("message", "notă (cu rost)")]
