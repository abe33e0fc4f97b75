// The module `perf_hooks`: clocks, marks, and how busy the loop is.
'use strict';

const { hrtime } = binding('process');
const { idleTime } = binding('performance');
const { Histogram, monitorEventLoopDelay } = require('internal_histogram');

const started = hrtime();
const timeOrigin = Date.now();
const entries = [];

const performance = {
  timeOrigin,
  now: () => Number(hrtime() - started) / 1e6,
  mark(name, { detail = null } = {}) {
    const entry = { name, entryType: 'mark', startTime: performance.now(), duration: 0, detail };
    return add(entry);
  },
  measure(name, from, to) {
    const at = (mark, otherwise) => mark === undefined ? otherwise
      : entries.findLast((entry) => entry.name === mark && entry.entryType === 'mark').startTime;
    const startTime = at(from, 0);
    const entry = { name, entryType: 'measure', startTime, duration: at(to, performance.now()) - startTime };
    return add(entry);
  },
  clearMarks(name) { clear('mark', name); },
  clearMeasures(name) { clear('measure', name); },
  getEntries: () => [...entries],
  getEntriesByName: (name) => entries.filter((entry) => entry.name === name),
  getEntriesByType: (type) => entries.filter((entry) => entry.entryType === type),
  toJSON: () => ({ timeOrigin, nodeTiming: performance.nodeTiming }),
  eventLoopUtilization,
  timerify: (measured) => function(...values) {
    const startTime = performance.now();
    const result = new.target ? Reflect.construct(measured, values, new.target) : measured.apply(this, values);
    tell({ name: measured.name, entryType: 'function', startTime, duration: performance.now() - startTime, detail: values });
    return result;
  },
  get nodeTiming() {
    return { name: 'node', entryType: 'node', startTime: 0, duration: performance.now(), nodeStart: 0, v8Start: 0,
             bootstrapComplete: bootstrapped, environment: 0, loopStart: bootstrapped, loopExit: -1, idleTime: idleTime() };
  },
};
const bootstrapped = performance.now();

function add(entry) {
  entries.push(entry);
  tell(entry);
  return entry;
}

// Time in the loop spent waiting and spent working, in ms; since `since`, or between two of its answers.
function eventLoopUtilization(since, before) {
  if (before !== undefined) return utilization(since.idle - before.idle, since.active - before.active);
  const idle = idleTime();
  const active = performance.now() - bootstrapped - idle;
  return since === undefined ? utilization(idle, active) : utilization(idle - since.idle, active - since.active);
}
const utilization = (idle, active) => ({ idle, active, utilization: idle + active === 0 ? 0 : active / (idle + active) });

const observers = new Set();

class PerformanceObserver {
  static supportedEntryTypes = ['function', 'mark', 'measure'];
  constructor(callback) {
    this.callback = callback;
    this.types = new Set();
    this.buffer = [];
  }
  observe({ entryTypes, type, buffered = false }) {
    for (const one of entryTypes ?? [type]) this.types.add(one);
    observers.add(this);
    if (buffered) for (const entry of entries) this.take(entry);
  }
  disconnect() {
    observers.delete(this);
    this.buffer = [];
  }
  takeRecords() { return this.buffer.splice(0); }

  // What comes together is told together.
  take(entry) {
    if (!this.types.has(entry.entryType)) return;
    if (this.buffer.push(entry) > 1) return;
    setImmediate(() => {
      const list = this.takeRecords().sort((a, b) => a.startTime - b.startTime);
      if (list.length === 0) return;
      this.callback({ getEntries: () => list, getEntriesByName: (name) => list.filter((one) => one.name === name),
                      getEntriesByType: (kind) => list.filter((one) => one.entryType === kind) }, this);
    });
  }
}

function tell(entry) { for (const observer of observers) observer.take(entry); }

function clear(type, name) {
  for (let i = entries.length - 1; i >= 0; i--) {
    if (entries[i].entryType === type && (name === undefined || entries[i].name === name)) entries.splice(i, 1);
  }
}

module.exports = { performance, PerformanceObserver, monitorEventLoopDelay, createHistogram: () => new Histogram(), constants: {} };
