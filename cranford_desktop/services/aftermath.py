"""Reads what goes on after requests were answered: reviews, and complaints to the regulator."""

from collections import defaultdict
from collections.abc import Mapping

from cranford_desktop.domain.internal_reviews import Aftermath, aftermath
from cranford_desktop.domain.request_steps import RequestStep
from cranford_desktop.domain.requests import RequestRecord
from cranford_desktop.store import casebook, request_steps
from cranford_desktop.store.archive import Connection


def read_aftermath(connection: Connection, tribunal_days: int) -> Mapping[int, Aftermath]:
	"""Return it by request; requests of which nothing is known are left out."""
	steps: defaultdict[int, list[RequestStep]] = defaultdict(list)
	for one in request_steps.steps(connection):
		steps[one.request_id].append(one)
	reviews: defaultdict[int, list[RequestRecord]] = defaultdict(list)
	for request_id in request_steps.reviews(connection):
		review = casebook.request(connection, request_id)
		if review.of_request_id is not None:
			reviews[review.of_request_id].append(review)
	return {
		request_id: aftermath(reviews.get(request_id, []), steps.get(request_id, []), tribunal_days)
		for request_id in {*steps, *reviews}
	}
