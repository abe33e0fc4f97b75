// The module `perf_hooks`: clocks and marks.
'use strict';

const { hrtime } = binding('process');

const started = hrtime();
const timeOrigin = Date.now();
const entries = [];

const performance = {
  timeOrigin,
  now: () => Number(hrtime() - started) / 1e6,
  mark(name, { detail = null } = {}) {
    const entry = { name, entryType: 'mark', startTime: performance.now(), duration: 0, detail };
    entries.push(entry);
    return entry;
  },
  measure(name, from, to) {
    const at = (mark, otherwise) => mark === undefined ? otherwise
      : entries.findLast((entry) => entry.name === mark && entry.entryType === 'mark').startTime;
    const startTime = at(from, 0);
    const entry = { name, entryType: 'measure', startTime, duration: at(to, performance.now()) - startTime };
    entries.push(entry);
    return entry;
  },
  clearMarks(name) { clear('mark', name); },
  clearMeasures(name) { clear('measure', name); },
  getEntries: () => [...entries],
  getEntriesByName: (name) => entries.filter((entry) => entry.name === name),
  getEntriesByType: (type) => entries.filter((entry) => entry.entryType === type),
  toJSON: () => ({ timeOrigin }),
};

function clear(type, name) {
  for (let i = entries.length - 1; i >= 0; i--) {
    if (entries[i].entryType === type && (name === undefined || entries[i].name === name)) entries.splice(i, 1);
  }
}

module.exports = { performance };
