"""The page of the system seam is what the headers say, and the tool notices what is missing."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / "tools" / "list_system_seam.py"


@pytest.fixture
def tool():
    spec = importlib.util.spec_from_file_location("list_system_seam", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date():
    result = subprocess.run([sys.executable, TOOL, "--check"], capture_output=True, text=True,
                            timeout=60, check=False)
    assert result.returncode == 0, result.stdout


def test_reads_declarations_with_their_comments(tool):
    header = """// Something.

namespace violet {

// What it promises,
// in two lines.
int first_of(int one,
             int two);
std::int64_t second_of(const char* path);
// Another promise.
Descriptor open_it();  // behind
struct Thing {
  int member() const { return 0; }
};
void third_of(Thing& thing);
}  // namespace violet
"""
    assert list(tool.paragraphs(header.splitlines())) == [
        ("first_of", "What it promises, in two lines."),
        ("second_of", "as above"),
        ("open_it", "behind"),
        ("third_of", "as above"),
    ]


def test_notices_a_function_that_no_posix_folder_defines(tool, tmp_path, monkeypatch):
    (tmp_path / "linux").mkdir()
    (tmp_path / "clock.h").write_text("// Clocks.\n\nint present();\nint absent();\n")
    (tmp_path / "linux" / "clock.cc").write_text("int present() {\n  return 0;\n}\n")
    monkeypatch.setattr(tool, "SEAM", tmp_path)
    assert list(tool.missing_on_posix()) == ["clock.h: absent (linux)"]


def test_notices_what_one_of_the_bsds_lacks(tool, tmp_path, monkeypatch):
    for folder in ("posix", "bsd/freebsd", "bsd/openbsd"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "clock.h").write_text("// Clocks.\n\nint common();\nint shared();\nint own();\n")
    (tmp_path / "posix" / "a.cc").write_text("int common() {\n  return 0;\n}\n")
    (tmp_path / "bsd" / "b.cc").write_text("int shared() {\n  return 0;\n}\n")
    (tmp_path / "bsd" / "freebsd" / "c.cc").write_text("int own() {\n  return 0;\n}\n")
    monkeypatch.setattr(tool, "SEAM", tmp_path)
    assert list(tool.missing_on_posix()) == ["clock.h: own (openbsd)"]
