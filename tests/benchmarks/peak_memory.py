"""How much memory a measured process has held."""

import resource
from pathlib import Path


def peak_megabytes() -> float:
	"""Return the most memory this process has held, in MB. `ru_maxrss` begins at the parent's figure on Linux, so the
	process's own high-water mark is read where the system shows it.
	"""
	status = Path("/proc/self/status")
	if status.exists():
		line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM:"))
		return int(line.split()[1]) / 1024
	return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
