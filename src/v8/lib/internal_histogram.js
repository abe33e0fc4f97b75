// How often which value came, exact to three digits.
'use strict';

const { hrtime } = binding('process');
const { invalidType, outOfRange } = require('internal_errors');

const custom = Symbol.for('nodejs.util.inspect.custom');
const kNoMinimum = 9223372036854776000;

class Histogram {
  #counts = new Map();
  #sum = 0;
  #squares = 0;
  #count = 0;
  #min = kNoMinimum;
  #max = 0;

  get count() { return this.#count; }
  get min() { return this.#min; }
  get max() { return this.#max; }
  get exceeds() { return 0; }
  get mean() { return this.#count === 0 ? NaN : this.#sum / this.#count; }
  get stddev() { return this.#count === 0 ? NaN : Math.sqrt(Math.max(0, this.#squares / this.#count - this.mean ** 2)); }
  get countBigInt() { return BigInt(this.#count); }
  get minBigInt() { return this.#count === 0 ? 9223372036854775807n : BigInt(this.#min); }
  get maxBigInt() { return BigInt(this.#max); }
  get exceedsBigInt() { return 0n; }

  reset() {
    this.#counts.clear();
    this.#sum = this.#squares = this.#count = this.#max = 0;
    this.#min = kNoMinimum;
  }

  percentile(percent) {
    if (typeof percent !== 'number') throw invalidType('percentile', 'number', percent);
    if (!(percent > 0 && percent <= 100)) throw outOfRange('percentile', '> 0 && <= 100', percent);
    return this.#percentile(percent);
  }
  percentileBigInt(percent) { return BigInt(this.percentile(percent)); }

  #percentile(percent) {
    let left = Math.max(1, Math.round(this.#count * percent / 100));
    const values = [...this.#counts.keys()].sort((a, b) => a - b);
    for (const value of values) {
      left -= this.#counts.get(value);
      if (left <= 0) return value;
    }
    return values.at(-1) ?? 0;
  }

  get percentiles() {
    const all = new Map();
    for (let percent = 0; percent < 100 && this.#count > 0; percent += (100 - percent) / 2) {
      all.set(percent, this.#percentile(percent));
      if (all.get(percent) === this.#percentile(100)) break;
    }
    return all.set(100, this.#count === 0 ? 0 : this.#percentile(100));
  }
  get percentilesBigInt() { return new Map([...this.percentiles].map(([percent, value]) => [percent, BigInt(value)])); }

  toJSON() {
    const { count, min, max, mean, exceeds, stddev, percentiles } = this;
    return { count, min, max, mean, exceeds, stddev, percentiles: Object.fromEntries(percentiles) };
  }

  [custom](depth, options, inspect) {
    const { min, max, mean, exceeds, stddev, count, percentiles } = this;
    return `Histogram ${inspect({ min, max, mean, exceeds, stddev, count, percentiles }, options)}`;
  }

  static put(histogram, value, times = 1) {
    const unit = 10 ** Math.max(0, Math.floor(Math.log10(value || 1)) - 3);
    const rounded = Math.round(value / unit) * unit;
    histogram.#counts.set(rounded, (histogram.#counts.get(rounded) ?? 0) + times);
    histogram.#count += times;
    histogram.#sum += value * times;
    histogram.#squares += value * value * times;
    histogram.#min = Math.min(histogram.#min, value);
    histogram.#max = Math.max(histogram.#max, value);
  }
  static countsOf(histogram) { return histogram.#counts; }
}
const { put, countsOf } = Histogram;

// One that the program fills.
class RecordableHistogram extends Histogram {
  #last;
  constructor({ lowest = 1, highest = Number.MAX_SAFE_INTEGER } = {}) {
    super();
    for (const [name, value] of [['options.lowest', lowest], ['options.highest', highest]]) {
      if (typeof value !== 'number' && typeof value !== 'bigint') throw invalidType(name, 'an instance of bigint', value);
    }
    if (highest < 2 * Number(lowest)) throw outOfRange('options.highest', `>= ${2 * Number(lowest)} && <= ${Number.MAX_SAFE_INTEGER}`, highest);
  }
  record(value) {
    if (typeof value !== 'bigint' && !Number.isInteger(value)) throw invalidType('val', 'number', value);
    if (value < 1) throw outOfRange('val', `>= 1 && <= ${Number.MAX_SAFE_INTEGER}`, value);
    put(this, Number(value));
  }
  recordDelta() {
    const time = hrtime();
    if (this.#last !== undefined) put(this, Number(time - this.#last));
    this.#last = time;
  }
  add(other) {
    for (const [value, times] of countsOf(other)) put(this, value, times);
  }
}

// Measures how late a timer is that asks for `resolution` ms: in ns, from one to the next.
class DelayMonitor extends Histogram {
  #timer = null;
  #resolution;
  constructor(resolution) {
    super();
    this.#resolution = resolution;
  }
  enable() {
    if (this.#timer !== null) return false;
    let last = hrtime();
    this.#timer = setInterval(() => {
      const time = hrtime();
      put(this, Number(time - last));
      last = time;
    }, this.#resolution).unref();
    return true;
  }
  disable() {
    if (this.#timer === null) return false;
    clearInterval(this.#timer);
    this.#timer = null;
    return true;
  }
}

function monitorEventLoopDelay({ resolution = 10 } = {}) {
  if (typeof resolution !== 'number') throw invalidType('options.resolution', 'number', resolution);
  return new DelayMonitor(resolution);
}

module.exports = { RecordableHistogram, monitorEventLoopDelay };
