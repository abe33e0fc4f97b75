// The module `os`.
'use strict';

const native = binding('os');
const { numbers } = binding('signal');
const [sysname, version, release, machine] = native.uname();

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
  userInfo() {
    const [username, uid, gid, shell, homedir] = native.userInfo();
    return { uid, gid, username, homedir, shell };
  },
};
