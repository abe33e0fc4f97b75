"""Turns verdicts into the report: a table of rules by libraries and engines."""

import re
from collections import Counter
from dataclasses import dataclass
from html import escape

# In the order in which one scenario's verdict outweighs another's for the same rule.
STATUSES = ("fail", "differs", "pass", "skip", "untested")
TALLIED = ("pass", "differs", "skip", "untested", "fail")
SIGNS = {"pass": "✓", "fail": "✗", "differs": "≠", "skip": "–", "untested": "?"}
WORDS = {"pass": "holds", "fail": "broken", "differs": "holds in the order of older versions",
         "skip": "skipped", "untested": "no scenario"}


@dataclass(frozen=True)
class Cell:
    """What one rule comes to on one target."""

    status: str
    scenarios: tuple  # (Scenario, Verdict)

    @property
    def message(self):
        return "\n".join(f"{one.name}: {verdict.message or WORDS[verdict.status]}"
                         for one, verdict in self.scenarios)


class Report:
    """Rules, targets, and the cells between them."""

    def __init__(self, known_rules, scenarios, targets, absent, verdicts):
        self.rules, self.targets, self.absent = known_rules, targets, absent
        self.showing = {rule: [one for one in scenarios if rule in one.expectation.rules]
                        for rule in known_rules}
        self.scenarios, self.verdicts = scenarios, verdicts
        self.cells = {(rule, where.name): self._cell(rule, where)
                      for rule in known_rules for where in targets}

    def _cell(self, rule, where):
        shown = tuple((one, self.verdicts[one.name, where.name]) for one in self.showing[rule])
        statuses = {verdict.status for _, verdict in shown} or {"untested"}
        return Cell(next(status for status in STATUSES if status in statuses), shown)

    def failures(self):
        """Scenarios that fail, by target: (Scenario, Target, Verdict)."""
        return [(one, where, self.verdicts[one.name, where.name])
                for where in self.targets for one in self.scenarios
                if self.verdicts[one.name, where.name].status == "fail"]

    def reasons(self, status):
        """(message, scenario names, target names) of all verdicts with a status."""
        found = {}
        for where in self.targets:
            for one in self.scenarios:
                verdict = self.verdicts[one.name, where.name]
                if verdict.status == status:
                    names, places = found.setdefault(verdict.message, ({}, {}))
                    names[one.name] = places[where.name] = True
        return [(message, list(names), list(places))
                for message, (names, places) in found.items()]

    def counts(self, where):
        return Counter(self.cells[rule, where.name].status for rule in self.rules)

    def sections(self):
        """(title, rules) in the order of the specification."""
        result = {}
        for rule in self.rules.values():
            result.setdefault(rule.section, []).append(rule)
        return result.items()


def _tally(report, where):
    counts = report.counts(where)
    return ", ".join(f"{counts[status]} {status}" for status in TALLIED if counts[status])


def summary(report):
    lines = [f"{len(report.rules)} rules, {len(report.scenarios)} scenarios"]
    lines += [f"{where.name}: {_tally(report, where)}" for where in report.targets]
    lines += [f"{one.name}: not judged: {one.reason}" for one in report.absent]
    lines += [f"FAIL {one.name} on {where.name}: {verdict.message}"
              for one, where, verdict in report.failures()]
    return "\n".join(lines)


def markdown(report, base):
    """The report as Markdown; `base` leads from its folder to conformance/."""
    heads = [where.name for where in report.targets]
    lines = ["# What holds where", "",
             f"{len(report.rules)} [rules]({base}/spec/phases.md), {len(report.scenarios)} "
             "scenarios. Made by `conformance/report.py`; a sign leads to the scenario that shows "
             "it.", "",
             ", ".join(f"{SIGNS[status]} {WORDS[status]}" for status in STATUSES[:4]) + ".", "",
             "| library and engine | rules |", "|---|---|"]
    lines += [f"| {where.name} | {_tally(report, where)} |" for where in report.targets]
    lines += [f"| {one.name} | not judged: {one.reason} |" for one in report.absent]
    lines += _markdown_reasons(report, base)
    for title, section in report.sections():
        lines += ["", f"## {title}", "", "| rule | " + " | ".join(heads) + " | scenarios |",
                  "|---|" + "---|" * (len(heads) + 1)]
        for rule in section:
            links = {one.name: f"[{one.name}]({base}/scenarios/{one.path.name})"
                     for one in report.showing[rule.id]}
            signs = [_markdown_sign(report.cells[rule.id, name], base) for name in heads]
            lines.append(f"| [{rule.id}]({base}/spec/phases.md#{rule.id}) | " +
                         " | ".join(signs) + " | " + ", ".join(links.values()) + " |")
    return "\n".join(lines) + "\n"


def _markdown_sign(cell, base):
    sign = SIGNS[cell.status]
    for one, verdict in cell.scenarios:
        if verdict.status == cell.status:
            return f"[{sign}]({base}/scenarios/{one.path.name})"
    return sign


def _markdown_reasons(report, base):
    lines = []
    titles = (("fail", "Broken"), ("differs", "Differs by version"), ("skip", "Skipped"))
    for status, title in titles:
        reasons = report.reasons(status)
        if reasons:
            lines += ["", f"## {title}", ""]
        for message, names, places in reasons:
            links = ", ".join(f"[{name}]({base}/scenarios/{name}.c)" for name in names)
            lines.append(f"- {links} on {', '.join(places)}: {' '.join(message.split())}")
    return lines


STYLE = """
:root { --ink: #1d2330; --soft: #667085; --line: #e4e7ec; --paper: #fff; --head: #f7f8fa;
  --pass: #e6f4ea; --pass-ink: #14663a; --fail: #d92d20; --fail-ink: #fff;
  --differs: #e8edfb; --differs-ink: #2a4bb0; --skip: #f2f4f7; --skip-ink: #667085; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #98a2b3; --line: #2b3240;
  --paper: #12161e; --head: #1a202b; --pass: #143524; --pass-ink: #7fd6a2; --differs: #1d2b55;
  --differs-ink: #a9bdf7; --skip: #1f2633; --skip-ink: #98a2b3; } }
* { box-sizing: border-box }
body { font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  margin: 0 auto; max-width: 1180px; padding: 24px }
h1 { font-size: 26px; margin: 0 0 4px } h2 { font-size: 17px; margin: 0 }
a { color: inherit; text-decoration-color: var(--line); text-underline-offset: 3px }
.note, .source { color: var(--soft) } .source { font-size: 13px }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 12px;
  margin: 20px 0 }
.card { border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px }
.card b { display: block; margin-bottom: 8px }
.bar { display: flex; height: 10px; border-radius: 5px; overflow: hidden; margin-bottom: 6px }
.bar i.pass { background: #2e9e5f } .bar i.fail { background: var(--fail) }
.bar i.differs { background: #5b7ee5 } .bar i.skip, .bar i.untested { background: #c3c9d4 }
.card.absent { border-style: dashed; color: var(--soft) }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
th, td { border-bottom: 1px solid var(--line); padding: 6px 8px; text-align: left;
  vertical-align: top; overflow-wrap: anywhere }
thead th { position: sticky; top: 0; background: var(--head); font-size: 13px; z-index: 1 }
th.cell, td.cell { width: 92px; text-align: center } th.rule, td.rule { width: 108px }
tr.section th { background: var(--head); padding-top: 16px }
td.rule { font-weight: 600; white-space: nowrap }
td.cell a { display: block; border-radius: 5px; text-decoration: none; font-weight: 600;
  background: var(--skip); color: var(--skip-ink) }
td.cell a.pass { background: var(--pass); color: var(--pass-ink) }
td.cell a.fail { background: var(--fail); color: var(--fail-ink) }
td.cell a.differs { background: var(--differs); color: var(--differs-ink) }
.legend a { display: inline-block; width: 26px; text-align: center; border-radius: 5px;
  font-weight: 600; margin-left: 12px }
.legend .pass { background: var(--pass); color: var(--pass-ink) }
.legend .fail { background: var(--fail); color: var(--fail-ink) }
.legend .differs { background: var(--differs); color: var(--differs-ink) }
.legend .skip { background: var(--skip); color: var(--skip-ink) }
.by { font-size: 13px }
.reasons li { margin: 4px 0 } .reasons code { white-space: pre-wrap }
"""


def html(report, base):
    """The report as one HTML page that needs nothing else."""
    parts = ["<!doctype html>", '<html lang="en"><head><meta charset="utf-8">',
             '<meta name="viewport" content="width=device-width, initial-scale=1">',
             "<title>Violet: what holds where</title>", f"<style>{STYLE}</style></head><body>",
             "<h1>What holds where</h1>",
             f'<p class="note"><a href="{base}/spec/phases.md">{len(report.rules)} rules</a> of '
             f"how a loop behaves, shown by {len(report.scenarios)} small programs, on each "
             "library and engine. A rule's name leads to the rule, a sign to the program.</p>",
             '<p class="note legend">' + " ".join(
                 f'<a class="{status}">{SIGNS[status]}</a> {WORDS[status]}'
                 for status in ("pass", "differs", "skip", "fail")) + "</p>",
             _cards(report), _html_reasons(report, base), _table(report, base), "</body></html>"]
    return "\n".join(parts) + "\n"


def _cards(report):
    cards = []
    for where in report.targets:
        counts = report.counts(where)
        bars = "".join(f'<i class="{status}" style="flex:{counts[status]}"></i>'
                       for status in TALLIED
                       if counts[status])
        cards.append(f'<div class="card"><b>{escape(where.name)}</b><div class="bar">{bars}</div>'
                     f"{escape(_tally(report, where))}</div>")
    cards += [f'<div class="card absent"><b>{escape(one.name)}</b>not judged: '
              f"{escape(one.reason)}</div>" for one in report.absent]
    return f'<div class="cards">{"".join(cards)}</div>'


def _html_reasons(report, base):
    parts = []
    for status, title in (("fail", "Broken"), ("differs", "Differs by version"),
                          ("skip", "Skipped")):
        items = [f"<li>{', '.join(_scenario_link(name, base) for name in names)} on "
                 f"{escape(', '.join(places))}: <code>{escape(message)}</code></li>"
                 for message, names, places in report.reasons(status)]
        if items:
            parts.append(f'<h2>{title}</h2><ul class="reasons">{"".join(items)}</ul>')
    return "\n".join(parts)


def _scenario_link(name, base):
    return f'<a href="{base}/scenarios/{name}.c">{escape(name)}</a>'


def _table(report, base):
    heads = "".join(f'<th class="cell">{escape(where.name)}</th>' for where in report.targets)
    lines = [f'<table><thead><tr><th class="rule">rule</th><th>what holds</th>{heads}</tr></thead>']
    for title, section in report.sections():
        lines.append(f'<tr class="section"><th colspan="{len(report.targets) + 2}"><h2>'
                     f"{escape(title)}</h2></th></tr>")
        lines += [_row(report, rule, base) for rule in section]
    return "\n".join(lines) + "</table>"


def _row(report, rule, base):
    shown = ", ".join(_scenario_link(one.name, base) for one in report.showing[rule.id])
    cells = "".join(_html_cell(report.cells[rule.id, where.name], base)
                    for where in report.targets)
    return (f'<tr id="{rule.id}"><td class="rule"><a href="{base}/spec/phases.md#{rule.id}">'
            f"{rule.id}</a></td><td>{_prose(rule.text)} <span class=\"source\">"
            f'{escape(rule.source)}</span><div class="note by">{shown}</div></td>{cells}</tr>')


def _prose(text):
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _html_cell(cell, base):
    link = next((f"{base}/scenarios/{one.path.name}" for one, verdict in cell.scenarios
                 if verdict.status == cell.status), f"{base}/scenarios")
    return (f'<td class="cell"><a class="{cell.status}" href="{link}" '
            f'title="{escape(cell.message)}">{SIGNS[cell.status]}</a></td>')
