"""The pictures: throughput and latency over one parameter, and the engines side by side."""

from . import tables
from .results import MEASURED

WIDTH, HEIGHT = 10, 4
MINIMUM_POINTS = 2


def series(report):
    """{(workload, axis, the other parameters): cases in the axis' order}, of at least two cases each."""
    groups = {}
    for case in report["cases"]:
        if case["idle"]:
            continue
        for axis in case["parameters"]:
            fixed = tuple((name, value) for name, value in case["parameters"].items() if name != axis)
            groups.setdefault((case["workload"], axis, fixed), []).append(case)
    return {key: sorted(cases, key=lambda case: case["parameters"][key[1]])
            for key, cases in groups.items() if len(cases) >= MINIMUM_POINTS}


def points(cases, axis, name, value):
    """[(x, what value() takes from the result)] where there is something."""
    found = []
    for case in cases:
        result = case["results"].get(name, {})
        if result.get("verdict") == MEASURED and value(result):
            found.append((case["parameters"][axis], value(result)))
    return found


def color(number):
    """A target has one colour in all pictures."""
    return f"C{number}" if number < 10 else ("black", "gold", "indigo", "teal")[number % 4]


def bars(estimates):
    """How far the intervals reach from the medians, down and up."""
    return [[told["median"] - (told["low"] or told["median"]) for told in estimates],
            [(told["high"] or told["median"]) - told["median"] for told in estimates]]


def draw_rates(axes, cases, axis, names):
    for number, name in enumerate(names):
        found = points(cases, axis, name, lambda result: result["rate"])
        if not found:
            continue
        x, rates = zip(*found)
        axes.errorbar(x, [rate["median"] for rate in rates], yerr=bars(rates), marker="o", capsize=3,
                      color=color(number), label=name)
    axes.set_ylabel(f"{cases[0]['counts']} per second")
    axes.set_ylim(bottom=0)


def draw_latencies(axes, cases, axis, names):
    for number, name in enumerate(names):
        found = points(cases, axis, name, lambda result: result["latency"])
        for percentile, style in (("50", "-"), ("99", "--")):
            axes.plot([x for x, _ in found], [told[percentile] / tables.MICROSECOND for _, told in found],
                      style, marker=".", color=color(number))
    axes.set_ylabel("latency, µs: 50% (lines), 99% (dashes)")
    # Of times that were all too short to be told, no logarithm can be taken.
    if any(value > 0 for line in axes.get_lines() for value in line.get_ydata()):
        axes.set_yscale("log")


def draw_series(pyplot, report, key, cases):
    workload, axis, fixed = key
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(WIDTH, HEIGHT))
    names = report["targets"]
    draw_rates(left, cases, axis, names)
    draw_latencies(right, cases, axis, names)
    ticks = [case["parameters"][axis] for case in cases]
    for axes in (left, right):
        axes.set_xscale("log", base=2)
        axes.set_xticks(ticks, [str(tick) for tick in ticks])
        axes.set_xlabel(axis)
        axes.grid(alpha=0.3)
        if axes.get_legend_handles_labels()[0]:
            axes.legend(fontsize="x-small")
    about = " ".join(f"{name}={value}" for name, value in fixed)
    figure.suptitle(" ".join(filter(None, (workload, about, warning(report)))))
    figure.tight_layout()
    return figure


def draw_ratios(pyplot, report):
    """All cases: how each target stands to the first one."""
    cases = [case for case in report["cases"] if not case["idle"]]
    figure, sides = pyplot.subplots(1, 2, sharey=True, figsize=(1.4 * WIDTH, 1.5 + 0.3 * len(cases)))
    for axes, key, what in zip(sides, ("rate_ratio", "per_processor_second_ratio"),
                               ("per second", "per second of processor time")):
        for number, name in enumerate(report["targets"][1:], 1):
            shift = (number - len(report["targets"]) / 2) * 0.7 / len(report["targets"])
            draw_ratio(axes, cases, key, name, number, shift)
        axes.axvline(1, color="black", linewidth=1)
        axes.set_xscale("log", base=2)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.set_xlabel(f"operations {what}, relative to {report['targets'][0]}")
        axes.grid(alpha=0.3)
    sides[0].set_yticks(range(len(cases)), [case["name"] for case in cases], fontsize="small")
    sides[0].invert_yaxis()
    if sides[0].get_legend_handles_labels()[0]:
        sides[0].legend(fontsize="small")
    figure.suptitle(warning(report))
    figure.tight_layout()
    return figure


def draw_ratio(axes, cases, key, name, number, shift):
    found = [(row + shift, case["results"][name][key]) for row, case in enumerate(cases)
             if case["results"].get(name, {}).get(key)]
    if found:
        y, ratios = zip(*found)
        axes.errorbar([told["median"] for told in ratios], y, xerr=bars(ratios), fmt="o", markersize=4,
                      capsize=2, color=color(number), label=name)


def warning(report):
    return "(BUSY MACHINE)" if report["busy"] else ""


def name_of(key):
    workload, axis, fixed = key
    return "-".join([workload, "by", axis, *(f"{name}-{value}" for name, value in fixed)])


def draw(report, folder):
    """Writes NAME.svg and NAME.png into the folder; returns the names."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "violet"  # The same figures make the same file.
    matplotlib.rcParams["svg.fonttype"] = "none"  # Text as text: a quarter of the size.
    from matplotlib import pyplot

    figures = {name_of(key): draw_series(pyplot, report, key, cases)
               for key, cases in series(report).items()}
    if len(report["targets"]) > 1 and report["cases"]:
        figures["ratios"] = draw_ratios(pyplot, report)
    for name, figure in figures.items():
        figure.savefig(folder / f"{name}.svg", metadata={"Date": None})
        figure.savefig(folder / f"{name}.png", dpi=100)
        pyplot.close(figure)
    return list(figures)
