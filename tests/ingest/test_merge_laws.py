"""Laws of making one history out of several phones' exports."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.ingest.reconcile import FoldedExport, fold

from .phones import Shape, View, own_phones, views, write_history


def folded(some: list[View]):
	return fold([FoldedExport(one.records, one.digests, one.last, one.sha256) for one in some])


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_every_record_stands_in_one_message_and_no_message_twice_in_one_export(random):
	shape = Shape(messages=15)
	history = write_history(random, shape)
	some = views(random, history, own_phones(random, history, shape), shape)
	found = [member for message in folded(some).messages for member in message.members]
	assert len(found) == len(set(found)) == sum(len(one.records) for one in some)
	for message in folded(some).messages:
		exports = [export for export, _ in message.members]
		assert len(exports) == len(set(exports))
