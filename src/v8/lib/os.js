// The module `os`.
'use strict';

const native = binding('os');
const { numbers } = binding('signal');
const [sysname, version, release, machine] = native.uname();

// How many bits of a netmask are set.
function bitsOf(netmask, family) {
  const numbers = family === 'IPv4' ? netmask.split('.').map(Number)
    : netmask.split(':').filter((part) => part !== '').map((part) => parseInt(part, 16));
  return numbers.map((value) => value.toString(2).replace(/0/g, '').length).reduce((a, b) => a + b, 0);
}

module.exports = {
  EOL: '\n',
  devNull: '/dev/null',
  constants: { signals: numbers },
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
  cpus: native.cpus,
  availableParallelism: native.availableParallelism,
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
