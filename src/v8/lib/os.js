// The module `os`.
'use strict';

const native = binding('os');
const { numbers } = binding('signal');
const [sysname, version, release, machine] = native.uname();

// The names of the system's errors, without those that only the loop has.
function errnos() {
  const known = binding('process').errorMap().filter(([number]) => number > -1000).sort(([a], [b]) => b - a);
  return Object.assign(Object.create(null), Object.fromEntries(known.map(([number, [name]]) => [name, -number])));
}

// How many bits of a netmask are set.
function bitsOf(netmask, family) {
  const numbers = family === 'IPv4' ? netmask.split('.').map(Number)
    : netmask.split(':').filter((part) => part !== '').map((part) => parseInt(part, 16));
  return numbers.map((value) => value.toString(2).replace(/0/g, '').length).reduce((a, b) => a + b, 0);
}

const os = {
  EOL: '\n',
  devNull: '/dev/null',
  constants: {
    UV_UDP_REUSEADDR: 4,
    dlopen: Object.assign(Object.create(null), { RTLD_LAZY: 1, RTLD_NOW: 2, RTLD_GLOBAL: 256, RTLD_LOCAL: 0, RTLD_DEEPBIND: 8 }),
    errno: errnos(),
    signals: Object.assign(Object.create(null), numbers),
    priority: Object.assign(Object.create(null), { PRIORITY_LOW: 19, PRIORITY_BELOW_NORMAL: 10, PRIORITY_NORMAL: 0,
                                                   PRIORITY_ABOVE_NORMAL: -7, PRIORITY_HIGH: -14, PRIORITY_HIGHEST: -20 }),
  },
  arch: () => 'x64',
  platform: () => 'linux',
  type: () => sysname,
  version: () => version,
  release: () => release,
  machine: () => machine,
  endianness: () => 'LE',
  hostname: native.hostname,
  homedir: native.homedir,
  tmpdir: () => native.tmpdir(),
  totalmem: native.totalmem,
  freemem: native.freemem,
  loadavg: native.loadavg,
  uptime: native.uptime,
  cpus: () => native.cpus().map(([model, speed, [user, nice, sys, idle, irq]]) => ({ model, speed, times: { user, nice, sys, idle, irq } })),
  availableParallelism: native.availableParallelism,
  getPriority: (pid = 0) => native.getPriority(pid),
  setPriority(pid, priority) {
    if (priority === undefined) [pid, priority] = [0, pid];
    native.setPriority(pid, priority);
  },
  networkInterfaces() {
    const all = {};
    for (const [name, address, netmask, family, mac, internal, scopeid] of native.networkInterfaces()) {
      const prefix = bitsOf(netmask, family);
      (all[name] ??= []).push({ address, netmask, family, mac, internal, cidr: `${address}/${prefix}`,
                                ...family === 'IPv6' ? { scopeid } : {} });
    }
    return all;
  },
  userInfo() {
    const [username, uid, gid, shell, homedir] = native.userInfo();
    return { uid, gid, username, homedir, shell };
  },
};

// `${os.hostname}` is its answer.
for (const name of ['arch', 'availableParallelism', 'endianness', 'freemem', 'homedir', 'hostname', 'machine', 'platform', 'release',
                    'tmpdir', 'totalmem', 'type', 'uptime', 'version']) {
  const ask = os[name];
  os[name] = Object.defineProperty(() => ask(), 'name', { value: name });
  os[name][Symbol.toPrimitive] = () => ask();
}

module.exports = os;
