// setTimeout(), setInterval() and setImmediate() on one timer of the loop and one check handle.
//
// Timers of one duration are due in the order in which they were started, so each duration has a list,
// and only the lists are kept in order of their first timer's time.
'use strict';

const { startTimer, referenceTimer, keepAwake, now } = binding('timer');
const { settle, invalidType } = require('internal_ticks');
const trace = binding('trace');
const { frames, callInFrame, frameOf } = require('internal_async');

const none = [];          // the values of timers that have none
const kLongest = 2 ** 31 - 1;
const lists = new Map();  // by duration
let referenced = 0;       // active timers that keep the loop alive
let scheduled = Infinity; // when the loop's timer is due
let nextId = 1;
const byId = new Map();   // timers that were asked for their number

// The timers are linked through themselves, so that a million of them costs nothing but themselves.
class TimerList {
  constructor(duration) {
    this.duration = duration;
    this.first = this.last = null;
  }
  get due() { return this.first.started + this.duration; }

  append(timer) {
    timer.previous = this.last;
    timer.next = null;
    if (this.last === null) this.first = timer; else this.last.next = timer;
    this.last = timer;
  }

  remove(timer) {
    if (timer.previous === null) this.first = timer.next; else timer.previous.next = timer.next;
    if (timer.next === null) this.last = timer.previous; else timer.next.previous = timer.previous;
    timer.previous = timer.next = null;
  }

  *[Symbol.iterator]() {
    for (let timer = this.first; timer !== null; timer = timer.next) yield timer;
  }
}

class Timeout {
  constructor(callback, duration, repeats, values) {
    const wanted = Number(duration);
    if (wanted > kLongest) warnOfOverflow(wanted);
    // What is no sensible number is 1, as in browsers.
    this.duration = wanted >= 1 && wanted <= kLongest ? Math.trunc(wanted) : 1;
    this.callback = callback;
    this.values = values;
    this.repeats = repeats;
    this.isReferenced = true;
    this.isActive = this.isDestroyed = false;
    this.started = 0;
    this.previous = this.next = null;
    this.id = undefined;
    this.frame = frames.areUsed ? frameOf('Timeout', this) : undefined;
  }

  ref() {
    if (!this.isReferenced && this.isActive && referenced++ === 0) referenceTimer(true);
    this.isReferenced = true;
    return this;
  }

  unref() {
    if (this.isReferenced && this.isActive && --referenced === 0) referenceTimer(false);
    this.isReferenced = false;
    return this;
  }

  hasRef() { return this.isReferenced; }
  get _destroyed() { return this.isDestroyed; }
  get _onTimeout() { return this.callback; }
  get _idleTimeout() { return this.isDestroyed ? -1 : this.duration; }
  close() { clearTimeout(this); return this; }

  refresh() {
    if (!this.isDestroyed) { deactivate(this); activate(this, now()); }
    return this;
  }

  // What Node.js shows of a timer.
  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    if (depth < 0) return '[Timeout]';
    const shown = { _idleTimeout: this.isDestroyed ? -1 : this.duration, _idlePrev: null, _idleNext: null, _idleStart: this.started,
                    _onTimeout: this.isDestroyed ? null : this.callback, _timerArgs: this.values.length === 0 ? undefined : this.values,
                    _repeat: this.repeats ? this.duration : null, _destroyed: this.isDestroyed };
    return `Timeout ${inspect(shown, options)}`;
  }

  [Symbol.toPrimitive]() {
    this.id ??= nextId++;
    byId.set(this.id, this);
    return this.id;
  }
}

function activate(timer, time) {
  let list = lists.get(timer.duration);
  if (list === undefined) lists.set(timer.duration, list = new TimerList(timer.duration));
  timer.started = time;
  list.append(timer);
  timer.isActive = true;
  if (timer.isReferenced && referenced++ === 0) referenceTimer(true);
  const due = time + timer.duration;
  if (due < scheduled) {
    scheduled = due;
    startTimer((referenced > 0 ? 1 : -1) * timer.duration);
  }
}

function deactivate(timer) {
  if (!timer.isActive) return;
  timer.isActive = false;
  if (timer.isReferenced && --referenced === 0) referenceTimer(false);
  const list = lists.get(timer.duration);
  list.remove(timer);
  if (list.first === null) lists.delete(timer.duration);
}

// The list whose first timer is due first; the shorter duration when two are due together.
function firstList() {
  let first;
  for (const list of lists.values()) {
    if (first === undefined || list.due < first.due) first = list;
  }
  return first;
}

// C++ asks: runs what is due, and says in how many ms the next one is: 0 for none, negative for one that
// keeps nothing alive.
function runTimers(time) {
  scheduled = Infinity;
  let ran = false;
  for (let list = firstList(); list !== undefined && list.due <= time; list = firstList()) {
    while (list.first !== null && list.due <= time) {
      // A tick may clear the timer that was to be next.
      if (ran) { settle(); ran = false; continue; }
      ran = true;
      runTimer(list.first);
    }
  }
  const next = firstList();
  if (next === undefined) return 0;
  scheduled = next.due;
  return (referenced > 0 ? 1 : -1) * Math.max(1, next.due - now());
}

function runTimer(timer) {
  deactivate(timer);
  if (trace.isOn) trace.note(`${timer.repeats ? 'setInterval' : 'setTimeout'}(${timer.callback.name}, ${timer.duration})`);
  // Started anew even if the callback throws.
  try {
    if (frames.areUsed) callInFrame(timer.frame, timer, timer.callback, timer.values);
    else if (timer.values === none) timer.callback();
    else timer.callback(...timer.values);
  } finally {
    if (timer.repeats && !timer.isDestroyed && !timer.isActive) activate(timer, now());
    else if (!timer.isActive) forget(timer);
  }
}

function forget(timer) {
  timer.isDestroyed = true;
  if (timer.id !== undefined) byId.delete(timer.id);
}

function warnOfOverflow(duration) {
  require('process').process.emitWarning(`${duration} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`,
                                         'TimeoutOverflowWarning');
}

function checkCallback(callback) {
  if (typeof callback !== 'function') throw invalidType('callback', 'function', callback);
}

function setTimeout(callback, duration, ...values) {
  checkCallback(callback);
  const timer = new Timeout(callback, duration, false, values.length === 0 ? none : values);
  activate(timer, now());
  return timer;
}

function setInterval(callback, duration, ...values) {
  checkCallback(callback);
  const timer = new Timeout(callback, duration, true, values.length === 0 ? none : values);
  activate(timer, now());
  return timer;
}

function clearTimeout(timer) {
  if (!(timer instanceof Timeout)) timer = byId.get(Number(timer));
  if (timer === undefined) return;
  forget(timer);
  deactivate(timer);
}

let immediates = new Set();
let referencedImmediates = 0;

class Immediate {
  constructor(callback, values) {
    this.callback = callback;
    this.values = values;
    this.isReferenced = true;
    this.isActive = true;
    this.frame = frames.areUsed ? frameOf('Immediate', this) : undefined;
  }
  ref() {
    if (!this.isReferenced && this.isActive && referencedImmediates++ === 0) keepAwake(true);
    this.isReferenced = true;
    return this;
  }
  unref() {
    if (this.isReferenced && this.isActive && --referencedImmediates === 0) keepAwake(false);
    this.isReferenced = false;
    return this;
  }
  hasRef() { return this.isReferenced; }
}

function setImmediate(callback, ...values) {
  checkCallback(callback);
  const immediate = new Immediate(callback, values);
  immediates.add(immediate);
  if (referencedImmediates++ === 0) keepAwake(true);
  return immediate;
}

function retire(immediate) {
  if (!immediate.isActive) return false;
  immediate.isActive = false;
  if (immediate.isReferenced && --referencedImmediates === 0) keepAwake(false);
  return true;
}

function clearImmediate(immediate) {
  if (immediate instanceof Immediate && retire(immediate)) immediates.delete(immediate);
}

let running = new Set();

// C++ asks: runs the immediates that there are now, not those that they make. True while more wait.
function runImmediates() {
  if (running.size === 0) [running, immediates] = [immediates, new Set()];
  let ran = false;
  for (const immediate of running) {
    running.delete(immediate);
    if (ran) settle();
    ran = true;
    if (!retire(immediate)) continue;
    if (trace.isOn) trace.note(`setImmediate(${immediate.callback.name})`);
    if (frames.areUsed) callInFrame(immediate.frame, immediate, immediate.callback, immediate.values);
    else immediate.callback(...immediate.values);
  }
  return referencedImmediates > 0;
}

const promisified = Symbol.for('nodejs.util.promisify.custom');
for (const timer of [setTimeout, setImmediate]) {
  Object.defineProperty(timer, promisified, { enumerable: true, get: () => require('timers_promises')[timer.name] });
}

// What waits, by the names that process.getActiveResourcesInfo() gives.
function activeTimers() {
  const timeouts = [...lists.values()].flatMap((list) => [...list]).filter((timer) => timer.isReferenced).map(() => 'Timeout');
  return [...timeouts, ...[...immediates].filter((each) => each.isReferenced).map(() => 'Immediate')];
}

// Names without an end of their own are kept from what require('timers') shows.
Object.defineProperty(exports, 'internals', { value: { runTimers, runImmediates, activeTimers } });
Object.assign(exports, { setTimeout, clearTimeout, setInterval, clearInterval: clearTimeout, setImmediate,
                   clearImmediate });
