"""The tables, as rows of text, and their two forms: for a terminal and for Markdown."""

from .results import FAILED, LACKS

NOTHING = "–"
PREFIXES = ((1e9, "G"), (1e6, "M"), (1e3, "k"))
MICROSECOND = 1000


def short(number):
    """Three digits: 123k, 4.56M."""
    for size, prefix in PREFIXES:
        if abs(number) >= size:
            return f"{number / size:.3g}{prefix}" if number / size < 1000 else f"{number / size:.0f}{prefix}"
    return f"{number:.3g}" if abs(number) < 1000 else f"{number:.0f}"


def with_verdict(result, cell):
    if result is None or result["verdict"] == LACKS:
        return NOTHING
    if result["verdict"] == FAILED:
        return f"FAILED: {result['why']}"
    return cell(result) or NOTHING


def rate_cell(key):
    def cell(result):
        rate, compared = result[key], result[f"{key}_ratio"]
        if rate is None:
            return "not told"
        text = short(rate["median"])
        if compared:
            text += f" ({compared['median']:.2f}"
            if compared["low"] is not None:
                text += f", {compared['low']:.2f} to {compared['high']:.2f}"
            text += ")"
        return text
    return cell


def latency_cell(result):
    told = result["latency"]
    return " / ".join(short(told[wanted] / MICROSECOND) for wanted in ("50", "99", "99.9")) if told else ""


def kernel_cell(result):
    def told(value):
        return "not told" if value is None else f"{value:.2f}"
    return f"{told(result['system_calls'])} / {told(result['switches'])}"


def idle_cell(result):
    memory, processor = result.get("memory_of_connection"), result.get("idle_processor")
    return " / ".join(["not told" if memory is None else f"{memory:.0f} B",
                       "not told" if processor is None else f"{processor * 1000:.2f} ms/s"])


def tables(report):
    """[(title, header, rows)]; a table without a figure is left out."""
    names = report["targets"]
    first = names[0] if names else ""
    busy = [case for case in report["cases"] if not case["idle"]]
    idle = [case for case in report["cases"] if case["idle"]]
    shapes = (
        (f"Operations (for pumps: bytes) per second; in brackets the ratio to {first} with its 95% interval",
         busy, rate_cell("rate")),
        ("The same per second of the subject's processor time", busy, rate_cell("per_processor_second")),
        ("Latency in µs: 50% / 99% / 99.9%", busy, latency_cell),
        ("System calls / context switches for each operation", busy, kernel_cell),
        ("Idle: memory for each connection / processor time", idle, idle_cell),
    )
    result = []
    for title, cases, cell in shapes:
        rows = [[case["name"], *(with_verdict(case["results"].get(name), cell) for name in names)]
                for case in cases]
        rows = [row for row in rows if any(text != NOTHING for text in row[1:])]
        if rows:
            result.append((title, ["case", *names], rows))
    return result


def length_of_runs(report):
    """Each case had its share of the time."""
    seconds = [case["seconds"] for case in report["cases"] if "seconds" in case]
    # A report from before that.
    seconds = seconds or [report["settings"].get("seconds", 0)]
    shortest, longest = f"{min(seconds):.2f}", f"{max(seconds):.2f}"
    return f"{shortest} s" if shortest == longest else f"{shortest} to {longest} s"


def conditions(report):
    """How it was measured, and a warning where one is due."""
    about, settings = report["machine"], report["settings"]
    lines = [f"{about['system']}, {about['machine']}, {about['processors']} processors; "
             f"{settings['rounds']} interleaved rounds of {length_of_runs(report)}; {report['date']}"]
    if about["load_before"] is not None:
        lines.append(f"Load of the machine: {about['load_before']:.1f} before, "
                     f"up to {about['load_highest']:.1f} meanwhile")
    if report["busy"]:
        lines.append("BUSY MACHINE: others used the processors meanwhile; these figures count for nothing")
    return lines


def as_text(report):
    lines = [*conditions(report), ""]
    for title, header, rows in tables(report):
        widths = [max(len(row[i]) for row in (header, *rows)) for i in range(len(header))]
        lines.append(title)
        for row in (header, *rows):
            lines.append("  " + "  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip())
        lines.append("")
    return "\n".join(lines)


def as_markdown(report, pictures=()):
    lines = ["# Measured by `violet bench`", ""]
    lines += [f"{'**' if line.startswith('BUSY') else ''}{line}{'**' if line.startswith('BUSY') else ''}\n"
              for line in conditions(report)]
    lines += ["    " + report["command"], ""]
    for title, header, rows in tables(report):
        lines += [f"## {title}", "", f"| {' | '.join(header)} |", "|---" * len(header) + "|"]
        lines += [f"| {' | '.join(text.replace('|', '/') for text in row)} |" for row in rows]
        lines.append("")
    lines += [f"![{name}]({name}.svg)\n" for name in pictures]
    return "\n".join(lines)
