"""What is shown: table, Markdown, JSON, pictures."""

import io
import json
import xml.etree.ElementTree

import pytest
from harness import cases, command, plots, results, tables
from harness.progress import Progress
from harness.targets import Target

SLOW, FAST, BROKEN, LACKING = (Target(name, None) for name in ("slow", "fast", "broken", "lacking"))
TARGETS = [SLOW, FAST, BROKEN, LACKING]


def figures(rate, **more):
    return {"operations": rate, "count": rate, "seconds": 1.0, "latency": [[2000, 99], [50_000, 1]],
            "processor_seconds": 0.5, "switches": 10, "resident": 1 << 20, "resident_growth": 200 * rate,
            "system_calls": None, **more}


def rounds_of(rate):
    timed = {number: figures(rate + number) for number in range(3)}
    return {**timed, "counting": figures(100, system_calls=250)}


def case_of(case):
    found = {"slow": rounds_of(1000), "fast": rounds_of(4000), "broken": {}, "lacking": {}}
    without = {"broken": (results.FAILED, "crashed (SIGSEGV)"), "lacking": (results.LACKS, "no pipes")}
    return results.of_case(case, TARGETS, found, without)


@pytest.fixture
def report(with_histograms):
    wanted = [*(cases.echo("tcp", connections, 64) for connections in (64, 1)), cases.idle(100)]
    return {
        "command": "violet bench --quick", "date": "2026-11-29", "busy": False,
        "machine": {"system": "Linux 6", "machine": "x86_64", "processors": 2, "load_before": 0.1,
                    "load_highest": 1.0},
        "settings": {"rounds": 3, "seconds": 1.0, "pinned": True, "awake": False},
        "targets": [target.name for target in TARGETS], "cases": [case_of(case) for case in wanted],
    }


def row_of(text, beginning):
    return next(line for line in text.splitlines() if line.strip().startswith(beginning))


def test_the_table_has_figures_ratios_and_reasons(report):
    row = row_of(tables.as_text(report), "tcp_echo connections=64 bytes=64")
    assert "1k " in row and "4k (4.00, 3.99 to 4.00)" in row
    assert "FAILED: crashed (SIGSEGV)" in row
    assert row.endswith(tables.NOTHING)


def test_every_table_is_there(report):
    titles = [title for title, _, _ in tables.tables(report)]
    assert len(titles) == 5
    text = tables.as_text(report)
    assert "2 / 2 / 50" in text  # Latency in µs.
    assert "2.50 / 0.01" in text  # System calls and switches.
    assert "200 B / 500.00 ms/s" in text  # Of an idle connection.


def test_what_nobody_told_is_said(report):
    for case in report["cases"]:
        for result in case["results"].values():
            result["system_calls"] = result["switches"] = None
    assert "not told / not told" in tables.as_text(report)


def test_processor_time_of_a_coarse_clock_is_no_figure(with_histograms):
    """Rounds in which it stood still cannot just be left out."""
    own = rounds_of(1000)
    own[1]["processor_seconds"] = 0.0
    told = results.of_case(cases.idle(1), [SLOW], {"slow": own}, {})["results"]["slow"]
    assert told["per_processor_second"] is None
    assert told["rate"]["median"] > 0


def test_a_busy_machine_is_marked_in_every_form(report):
    assert "BUSY" not in tables.as_text(report) + tables.as_markdown(report)
    report["busy"] = True
    assert "BUSY MACHINE" in tables.as_text(report)
    assert "**BUSY MACHINE" in tables.as_markdown(report)
    assert plots.warning(report)


def test_markdown_is_made_of_whole_tables(report):
    lines = tables.as_markdown(report, ["ratios"]).splitlines()
    rows = [line for line in lines if line.startswith("|")]
    assert rows and {line.count("|") for line in rows} == {len(TARGETS) + 2}
    assert "    violet bench --quick" in lines
    assert "![ratios](ratios.svg)" in lines


def test_json_can_be_shown_again(report, tmp_path, capsys):
    path = tmp_path / "results.json"
    path.write_text(json.dumps(report))
    assert command.main(["--from", str(path)]) == 1  # One of the targets has failed.
    assert capsys.readouterr().out == tables.as_text(report)
    command.main(["--from", str(path), "--format", "json"])
    assert json.loads(capsys.readouterr().out) == report


def test_json_has_no_number_that_json_lacks(report):
    report["cases"] = [results.of_case(cases.echo("tcp", 1, 64), [SLOW, FAST],
                                       {"slow": {0: figures(10)}, "fast": {0: figures(20)}}, {})]
    assert "NaN" not in json.dumps(report)
    report["targets"] = ["slow", "fast"]
    assert "20 (2.00)" in tables.as_text(report)


def test_pictures_are_drawn(report, with_plots, tmp_path):
    names = plots.draw(report, tmp_path)
    assert set(names) == {"tcp_echo-by-connections-bytes-64", "ratios"}
    for name in names:
        xml.etree.ElementTree.parse(tmp_path / f"{name}.svg")
        assert (tmp_path / f"{name}.png").read_bytes().startswith(b"\x89PNG")


def test_a_series_is_in_the_order_of_its_axis(report):
    (key, found), = plots.series(report).items()
    assert key == ("tcp_echo", "connections", (("bytes", 64),))
    assert [case["parameters"]["connections"] for case in found] == [1, 64]
    assert plots.points(found, "connections", "broken", lambda result: result["rate"]) == []


def test_output_goes_to_a_folder(report, with_plots, tmp_path, capsys):
    path = tmp_path / "results.json"
    path.write_text(json.dumps(report))
    command.main(["--from", str(path), "--output", str(tmp_path / "out")])
    made = {file.name for file in (tmp_path / "out").iterdir()}
    assert {"results.json", "results.md", "ratios.svg", "ratios.png"} <= made
    for line in (tmp_path / "out" / "results.md").read_text().splitlines():
        if line.startswith("!["):
            assert line.partition("(")[2].rstrip(")") in made


@pytest.mark.parametrize("number,text", [(0.5, "0.5"), (12.34, "12.3"), (999, "999"), (1500, "1.5k"),
                                         (123456, "123k"), (4.5e6, "4.5M"), (2.25e9, "2.25G")])
def test_numbers_are_short(number, text):
    assert tables.short(number) == text


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_one_line_on_a_terminal():
    clock = iter(range(0, 100, 10))
    stream = Terminal()
    progress = Progress(stream, 4, lambda: next(clock))
    case = cases.idle(1)
    for target in (SLOW, FAST):
        progress.tell(case, target)
    progress.end()
    assert "\n" not in stream.getvalue()
    assert "[1/4] 0:30 left  idle_connections connections=1  fast" in stream.getvalue()
    assert screen_of(stream.getvalue()).strip() == ""


def test_progress_needs_no_terminal_that_can_erase():
    stream = Terminal()
    progress = Progress(stream, 2)
    progress.tell(cases.idle(1_000_000), SLOW)
    progress.tell(cases.idle(1), SLOW)
    assert "\x1b" not in stream.getvalue()
    assert screen_of(stream.getvalue()).endswith("idle_connections connections=1  slow")


def screen_of(output):
    """What stands on the line in the end: each carriage return begins it anew, and nothing is erased."""
    line = ""
    for written in output.split("\r"):
        line = written + line[len(written):]
    return line.rstrip()


def test_progress_is_a_line_for_each_case_elsewhere():
    stream = io.StringIO()
    progress = Progress(stream, 4)
    for case in (cases.idle(1), cases.idle(2)):
        for target in (SLOW, FAST):
            progress.tell(case, target)
    assert [line.split()[-1] for line in stream.getvalue().splitlines()] == ["connections=1", "connections=2"]
