"""Which random examples the tests try: the same ones each time, unless more are asked for."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_MANY = os.environ.get("GATEWISE_EXAMPLES")
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]

settings.register_profile(
    "ci", max_examples=60, derandomize=True, deadline=None, suppress_health_check=_SLOW
)
settings.register_profile(  # GATEWISE_EXAMPLES=5000: other ones each time, and this many
    "search",
    max_examples=int(_MANY or 60),
    deadline=None,
    print_blob=True,
    suppress_health_check=_SLOW,
)
settings.load_profile("search" if _MANY else "ci")
