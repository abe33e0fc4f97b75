"""Every script of node/, npm/, uvloop/, luv/, neovim/, ocaml/, r/ and raku/ on every target."""

from harness.script_matrix import runs_of


def test_program(case, target, request):
    runs_of(request.config).assert_passes(case, target)
