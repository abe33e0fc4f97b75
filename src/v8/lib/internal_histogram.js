// How often which value came, exact to three digits.
'use strict';

const { hrtime } = binding('process');

class Histogram {
  constructor() { this.reset(); }

  reset() {
    this.counts = new Map();
    this.count = this.exceeds = this.max = this.sum = this.squares = 0;
    this.min = 9223372036854776000;
  }

  record(value) {
    value = Number(value);
    const unit = 10 ** Math.max(0, Math.floor(Math.log10(value || 1)) - 3);
    const rounded = Math.round(value / unit) * unit;
    this.counts.set(rounded, (this.counts.get(rounded) ?? 0) + 1);
    this.count++;
    this.sum += value;
    this.squares += value * value;
    this.min = Math.min(this.min, value);
    this.max = Math.max(this.max, value);
  }

  get mean() { return this.count === 0 ? NaN : this.sum / this.count; }
  get stddev() { return this.count === 0 ? NaN : Math.sqrt(Math.max(0, this.squares / this.count - this.mean ** 2)); }

  percentile(percent) {
    let left = this.count * percent / 100;
    const values = [...this.counts.keys()].sort((a, b) => a - b);
    for (const value of values) {
      left -= this.counts.get(value);
      if (left <= 0) return value;
    }
    return values.at(-1) ?? 0;
  }

  get percentiles() {
    const all = new Map();
    for (let percent = 0; percent < 100 && this.count > 0; percent += (100 - percent) / 2) {
      all.set(percent, this.percentile(percent));
      if (100 - percent < 0.1) break;
    }
    return all.set(100, this.max);
  }

  toJSON() { return { count: this.count, min: this.min, max: this.max, mean: this.mean, exceeds: this.exceeds, stddev: this.stddev }; }
}

// Measures how late a timer is that asks for `resolution` ms: in ns, from one to the next.
class DelayMonitor extends Histogram {
  constructor(resolution) {
    super();
    this.resolution = resolution;
    this.timer = null;
  }
  enable() {
    if (this.timer !== null) return false;
    let last = hrtime();
    this.timer = setInterval(() => {
      const time = hrtime();
      this.record(time - last);
      last = time;
    }, this.resolution).unref();
    return true;
  }
  disable() {
    if (this.timer === null) return false;
    clearInterval(this.timer);
    this.timer = null;
    return true;
  }
}

const monitorEventLoopDelay = ({ resolution = 10 } = {}) => new DelayMonitor(resolution);

module.exports = { Histogram, monitorEventLoopDelay };
