"""Every script of this folder on every target."""

from harness.script_matrix import runs_of


def test_order(case, target, request):
    runs_of(request.config).assert_passes(case, target)
