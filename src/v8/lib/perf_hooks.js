// The module `perf_hooks`: clocks, marks, and how busy the loop is.
'use strict';

const { hrtime } = binding('process');
const { idleTime } = binding('performance');
const { RecordableHistogram, monitorEventLoopDelay } = require('internal_histogram');
const { DOMException, invalidType, withCode } = require('internal_errors');
const { EventTarget } = require('internal_event_target');

const started = hrtime();
const timeOrigin = Date.now();
const entries = [];
const custom = Symbol.for('nodejs.util.inspect.custom');
const now = () => Number(hrtime() - started) / 1e6;

class PerformanceEntry {
  #fields;
  constructor(fields) { this.#fields = { detail: undefined, ...fields }; }
  get name() { return this.#fields.name; }
  get entryType() { return this.#fields.entryType; }
  get startTime() { return this.#fields.startTime; }
  get duration() { return this.#fields.duration; }
  get detail() { return this.#fields.detail; }
  toJSON() {
    const { name, entryType, startTime, duration, detail } = this;
    return { name, entryType, startTime, duration, ...detail === undefined ? {} : { detail } };
  }
  [custom](depth, options, inspect) {
    return `${this.constructor.name} ${inspect(this.toJSON(), { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
  }
}
class PerformanceMark extends PerformanceEntry {
  constructor(name, { startTime = now(), detail = null } = {}) {
    if (typeof startTime !== 'number') throw invalidType('startTime', 'number', startTime);
    if (startTime < 0) throw withCode(TypeError, 'ERR_PERFORMANCE_INVALID_TIMESTAMP', `${startTime} is not a valid timestamp`);
    super({ name: `${name}`, entryType: 'mark', startTime, duration: 0, detail });
  }
}
class PerformanceMeasure extends PerformanceEntry {}
class PerformanceNodeTiming extends PerformanceEntry {
  constructor(fields) {
    super(fields);
    for (const [name, value] of Object.entries(fields)) Object.defineProperty(this, name, { enumerable: true, configurable: true, value });
  }
  toJSON() {
    const { name, entryType, startTime, duration, nodeStart, v8Start, bootstrapComplete, environment, loopStart, loopExit } = this;
    return { name, entryType, startTime, duration, nodeStart, v8Start, bootstrapComplete, environment, loopStart, loopExit, idleTime: this.idleTime };
  }
}

// Where a measure begins or ends: at a mark, or at a time.
function timeOf(mark) {
  if (typeof mark === 'number') return mark;
  const found = entries.findLast((entry) => entry.name === `${mark}` && entry.entryType === 'mark');
  if (found === undefined) throw new DOMException(`The "${mark}" performance mark has not been set`, 'SyntaxError');
  return found.startTime;
}

class Performance extends EventTarget {
  get timeOrigin() { return timeOrigin; }
  now() { return now(); }
  mark(name, options) { return add(new PerformanceMark(name, options)); }
  measure(name, from, to) {
    let detail = null;
    let duration;
    if (typeof from === 'object' && from !== null) ({ start: from, end: to, detail = null, duration } = from);
    const end = to !== undefined ? timeOf(to) : duration !== undefined && from !== undefined ? timeOf(from) + duration : now();
    const startTime = from !== undefined ? timeOf(from) : duration !== undefined ? end - duration : 0;
    return add(new PerformanceMeasure({ name: `${name}`, entryType: 'measure', startTime, duration: end - startTime, detail }));
  }
  clearMarks(name) { clear('mark', name); }
  clearMeasures(name) { clear('measure', name); }
  getEntries() { return sorted(entries); }
  getEntriesByName(name, type) { return sorted(entries.filter((entry) => entry.name === name && (type === undefined || entry.entryType === type))); }
  getEntriesByType(type) { return sorted(entries.filter((entry) => entry.entryType === type)); }
  toJSON() { return { nodeTiming: this.nodeTiming, timeOrigin, eventLoopUtilization: eventLoopUtilization() }; }
  eventLoopUtilization(...values) { return eventLoopUtilization(...values); }
  timerify(measured, { histogram } = {}) {
    if (typeof measured !== 'function') throw invalidType('fn', 'function', measured);
    const tellOf = (startTime, values) => {
      const duration = now() - startTime;
      histogram?.record(Math.max(1, Math.ceil(duration * 1e6)));
      tell(new PerformanceEntry({ name: measured.name, entryType: 'function', startTime, duration, detail: values }));
    };
    const timed = function(...values) {
      const startTime = now();
      const result = new.target ? Reflect.construct(measured, values, measured) : Reflect.apply(measured, this, values);
      if (typeof result?.finally === 'function') return result.finally(() => tellOf(startTime, values));
      tellOf(startTime, values);
      return result;
    };
    return Object.defineProperties(timed, { name: { value: `timerified ${measured.name}`, configurable: true },
                                            length: { value: measured.length, configurable: true } });
  }
  get nodeTiming() {
    const made = new PerformanceNodeTiming({ name: 'node', entryType: 'node', startTime: 0, duration: now() });
    return Object.assign(made, { nodeStart: 0, v8Start: 0, bootstrapComplete: bootstrapped, environment: 0, loopStart: bootstrapped,
                                 loopExit: -1, idleTime: idleTime() });
  }
}
const performance = new Performance();
const bootstrapped = now();
const sorted = (list) => [...list].sort((a, b) => a.startTime - b.startTime);

function add(entry) {
  entries.push(entry);
  tell(entry);
  return entry;
}

// Time in the loop spent waiting and spent working, in ms; since `since`, or between two of its answers.
function eventLoopUtilization(since, before) {
  if (before !== undefined) return utilization(since.idle - before.idle, since.active - before.active);
  const idle = idleTime();
  const active = now() - bootstrapped - idle;
  return since === undefined ? utilization(idle, active) : utilization(idle - since.idle, active - since.active);
}
const utilization = (idle, active) => ({ idle, active, utilization: idle + active === 0 ? 0 : active / (idle + active) });

const observers = new Set();

class PerformanceObserverEntryList {
  #list;
  constructor(list) { this.#list = list; }
  getEntries() { return [...this.#list]; }
  getEntriesByName(name, type) { return this.#list.filter((one) => one.name === name && (type === undefined || one.entryType === type)); }
  getEntriesByType(type) { return this.#list.filter((one) => one.entryType === type); }
}

class PerformanceObserver {
  static supportedEntryTypes = ['function', 'mark', 'measure'];
  #types = new Set();
  #buffer = [];
  #callback;
  constructor(callback) {
    if (typeof callback !== 'function') throw invalidType('callback', 'function', callback);
    this.#callback = callback;
  }
  observe({ entryTypes, type, buffered = false } = {}) {
    if (entryTypes !== undefined) this.#types.clear();
    for (const one of entryTypes ?? [type]) this.#types.add(one);
    observers.add(this);
    if (buffered) for (const entry of entries) this.take(entry);
  }
  disconnect() {
    observers.delete(this);
    this.#types.clear();
    this.#buffer = [];
  }
  takeRecords() { return this.#buffer.splice(0); }

  // What comes together is told together.
  take(entry) {
    if (!this.#types.has(entry.entryType)) return;
    if (this.#buffer.push(entry) > 1) return;
    setImmediate(() => {
      const list = sorted(this.takeRecords());
      if (list.length > 0) this.#callback.call(this, new PerformanceObserverEntryList(list), this);
    });
  }
}

function tell(entry) { for (const observer of observers) observer.take(entry); }

function clear(type, name) {
  for (let i = entries.length - 1; i >= 0; i--) {
    if (entries[i].entryType === type && (name === undefined || entries[i].name === name)) entries.splice(i, 1);
  }
}

module.exports = { PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList,
                   Performance, monitorEventLoopDelay, createHistogram: (options) => new RecordableHistogram(options), performance, constants: {} };
