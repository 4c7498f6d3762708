"""Running `cranford` in this process, as a person would run it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from cranford_desktop.bootstrap import run_headless


@dataclass(frozen=True)
class Answer:
	code: int
	out: str
	err: str

	@property
	def json(self) -> Any:
		return json.loads(self.out)

	@property
	def lines(self) -> list[Any]:
		return [json.loads(line) for line in self.out.splitlines()]


Cranford = Callable[..., Answer]


@pytest.fixture
def cranford(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cranford:
	monkeypatch.delenv("CRANFORD_PASSPHRASE", raising=False)

	def run(*arguments: object) -> Answer:
		capsys.readouterr()
		code = run_headless([str(one) for one in arguments])
		said = capsys.readouterr()
		return Answer(code, said.out, said.err)

	return run
