"""A service call in a worker thread."""

import threading
import time

from cranford_desktop.domain.work import check
from cranford_desktop.errors import CranfordError, ProblemWithFile
from cranford_desktop.ui.task import Task


def test_it_runs_elsewhere_and_answers_here(dressed, qtbot) -> None:
	heard: list[tuple[int, int, str]] = []

	def work(progress, _stopped):
		progress(1, 2, "messages")
		progress(2, 2, "messages")
		return threading.current_thread()

	task = Task(work)
	task.progressed.connect(lambda *what: heard.append(what))
	with qtbot.waitSignal(task.finished) as done:
		pass
	assert done.args[0] is not threading.main_thread()
	assert heard[-1] == (2, 2, "messages")
	assert not task.running


def test_a_problem_arrives_as_it_is(dressed, qtbot) -> None:
	problem = ProblemWithFile("What.", "Safe.", "Do.")

	def work(_progress, _stopped):
		raise problem

	task = Task(work)
	with qtbot.waitSignal(task.failed) as told:
		pass
	assert told.args[0] is problem


def test_a_bug_is_told_without_its_words(dressed, qtbot, caplog) -> None:
	def work(_progress, _stopped):
		raise ValueError("Mrs Potter is not well")

	task = Task(work)
	with qtbot.waitSignal(task.failed) as told:
		pass
	problem = told.args[0]
	assert isinstance(problem, CranfordError)
	assert "ValueError" in problem.detail
	assert "Potter" not in f"{problem} {problem.detail} {caplog.text}"


def test_it_stops_when_asked(dressed, qtbot) -> None:
	def work(_progress, stopped):
		while True:
			check(stopped)
			time.sleep(0.001)

	task = Task(work)
	with qtbot.waitSignal(task.cancelled):
		task.stop()
	assert task.wait(5)
