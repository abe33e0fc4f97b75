#!/usr/bin/python3
"""Draws the phases of an iteration, docs/phases.svg. With --check, tells whether it is current."""

import sys
from html import escape
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "docs" / "phases.svg"

# Name, what runs, and what else there is to know; the kind is the style's name.
PHASES = [
    ("ghost", "timers", "here until libuv 1.44", "and with VIOLET_TIMER_ORDER=1.44"),
    ("phase", "pending", "callbacks that earlier calls put off",
     "a connection that failed at once"),
    ("phase", "idle", "once an iteration, last started first", "the loop does not wait meanwhile"),
    ("phase", "prepare", "right before polling, last started first", ""),
    ("poll", "poll", "waits for events, then runs their callbacks",
     "streams, datagrams, files, pool, async; signals last"),
    ("minor", "pending", "what the poll phase put off, a few turns", ""),
    ("phase", "check", "right after polling, last started first", ""),
    ("phase", "closing", "close callbacks, last closed first",
     "requests in flight had theirs before"),
    ("phase", "timers", "all that are due: by due time, then by start",
     "the time is taken anew first"),
]
HEIGHTS = {"ghost": 50, "phase": 54, "poll": 74, "minor": 38}
WIDTH, LEFT, BOX, GAP, TOP = 800, 140, 470, 16, 96

STYLE = """
text { font: 14px system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif; fill: #1d2330 }
.name { font-weight: 700; font-size: 16px } .soft { fill: #667085; font-size: 12.5px }
rect { stroke-width: 1.5; rx: 9 }
.phase rect { fill: #eef2fd; stroke: #8fa6ea } .poll rect { fill: #dff3e6; stroke: #4da673 }
.minor rect { fill: #f7f8fa; stroke: #c3c9d4 }
.ghost rect { fill: none; stroke: #98a2b3; stroke-dasharray: 5 4 }
.ghost text { fill: #667085 }
path { fill: none; stroke: #667085; stroke-width: 1.6; marker-end: url(#tip) }
marker path { fill: #667085; stroke: none; marker-end: none }
@media (prefers-color-scheme: dark) {
  text { fill: #e6e9ef } .soft, .ghost text { fill: #98a2b3 }
  .phase rect { fill: #1c2748; stroke: #4f68b8 } .poll rect { fill: #14382a; stroke: #4da673 }
  .minor rect { fill: #1a202b; stroke: #475067 }
}
"""


def text(x, y, words, style="", anchor="start"):
    return f'<text x="{x}" y="{y}" class="{style}" text-anchor="{anchor}">{escape(words)}</text>'


def arrow(points):
    return f'<path d="M {points}"/>'


def box(kind, top, name, what, more):
    height = HEIGHTS[kind]
    middle = top + height / 2
    lines = [what] + ([more] if more else [])
    first = middle + 5 - 9 * (len(lines) - 1)
    parts = [f'<g class="{kind}"><rect x="{LEFT}" y="{top}" width="{BOX}" height="{height}"/>',
             text(LEFT + 16, middle + 5, name, "name")]
    parts += [text(LEFT + 104, first + 18 * index, line, "soft" if index else "")
              for index, line in enumerate(lines)]
    return "".join(parts) + "</g>"


def draw():
    center, right = LEFT + BOX / 2, LEFT + BOX
    tops, y = [], TOP
    for kind, *_ in PHASES:
        tops.append(y)
        y += HEIGHTS[kind] + GAP
    bottom = y - GAP
    parts = [text(center, 24, "uv_run()", "name", "middle"),
             text(center, 46, "UV_RUN_DEFAULT first runs timers that are due,", "soft", "middle"),
             text(center, 62, "in every version", "soft", "middle"),
             arrow(f"{center} 70 V {TOP - 3}")]
    for index, (kind, name, what, more) in enumerate(PHASES):
        parts.append(box(kind, tops[index], name, what, more))
        if index + 1 < len(PHASES):
            parts.append(arrow(f"{center} {tops[index] + HEIGHTS[kind]} V {tops[index + 1] - 3}"))
    parts += around(tops, bottom, right)
    height = bottom + 86
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            'role="img" aria-label="The phases of an iteration of the loop">\n'
            f"<style>{STYLE}</style>\n"
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
            'markerHeight="7" orient="auto"><path d="M0 0 L8 4 L0 8 z"/></marker></defs>\n'
            + "\n".join(parts) + "\n</svg>\n")


def around(tops, bottom, right):
    """What leads back, what leads out, and what the poll phase waits for."""
    last = bottom - HEIGHTS["phase"] / 2
    first = tops[0] + HEIGHTS["ghost"] / 2
    poll = tops[[kind for kind, *_ in PHASES].index("poll")] + HEIGHTS["poll"] / 2
    center = LEFT + BOX / 2
    waits = ["waits until the next timer,", "or without limit;", "not at all while idle,",
             "with callbacks put off,", "handles to close, after", "uv_stop(), in NOWAIT"]
    return [
        arrow(f"{LEFT} {last} H 102 Q 84 {last} 84 {last - 18} V {first + 18} "
              f"Q 84 {first} 102 {first} H {LEFT - 3}"),
        text(72, (first + last) / 2 - 8, "next", "soft", "end"),
        text(72, (first + last) / 2 + 8, "iteration", "soft", "end"),
        arrow(f"{center} {bottom} V {bottom + 30}"),
        text(center, bottom + 50, "uv_run() returns", "name", "middle"),
        text(center, bottom + 70, "when nothing is alive, after uv_stop(), or after one iteration "
             "(ONCE, NOWAIT)", "soft", "middle"),
        *[text(right + 14, poll - 40 + 16 * index, line, "soft")
          for index, line in enumerate(waits)],
    ]


def main():
    picture = draw()
    if "--check" in sys.argv[1:]:
        current = TARGET.exists() and TARGET.read_text() == picture
        sys.exit(0 if current else f"{TARGET} is not what this script draws; run it")
    TARGET.write_text(picture)


if __name__ == "__main__":
    main()
