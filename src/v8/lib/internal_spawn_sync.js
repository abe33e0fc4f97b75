// The children that are waited for: spawnSync() and its kin.
'use strict';

const native = binding('spawn_sync');
const { numbers: signals } = binding('signal');
const { newError, errorName } = binding('process');
const { Buffer, asBuffer } = require('buffer');
const { programOf, variablesOf, folderOf, signalName } = require('internal_spawn');

const bytesOf = (input) => input === undefined || input === null ? Buffer.alloc(0)
  : typeof input === 'string' ? Buffer.from(input) : new Uint8Array(input.buffer, input.byteOffset, input.byteLength);

function stdioOf(stdio = 'pipe') {
  const list = Array.isArray(stdio) ? [...stdio] : [stdio, stdio, stdio];
  while (list.length < 3) list.push('pipe');
  return list.map((entry, at) => {
    if (entry === 'ignore') return undefined;
    if (entry === 'inherit') return at;
    if (typeof entry === 'number') return entry;
    return entry?.fd >= 0 ? entry.fd : true;
  });
}

function spawnSync(file, words = [], options = {}) {
  if (!Array.isArray(words)) [words, options] = [[], words];
  options = { maxBuffer: 1024 * 1024, encoding: 'buffer', killSignal: 'SIGTERM', ...options };
  const [program, list] = programOf(file, words, options);
  const killSignal = typeof options.killSignal === 'number' ? options.killSignal : signals[options.killSignal];
  const [pid, status, signal, why, outputs] = native.spawnSync(
    program, [options.argv0 ?? program, ...list], variablesOf(options), folderOf(options), stdioOf(options.stdio),
    options.detached === true, bytesOf(options.input), options.timeout ?? 0, options.maxBuffer, killSignal);
  const result = { status: signal === 0 && pid >= 0 ? status : null, signal: signal === 0 ? null : signalName(signal) };
  const failed = pid < 0 ? pid : why;
  if (failed !== 0) {
    const error = newError(failed, `spawnSync ${program}`);
    error.message = `spawnSync ${program} ${errorName(failed)}`;
    result.error = Object.assign(error, { path: program, spawnargs: list });
  }
  const output = pid < 0 ? null : outputs.map((bytes) => bytes === null ? null
    : options.encoding === 'buffer' || !options.encoding ? asBuffer(bytes) : asBuffer(bytes).toString(options.encoding));
  return Object.assign(result.error === undefined ? {} : { error: result.error },
                       { status: result.status, signal: result.signal, output, pid: Math.max(pid, 0),
                         stdout: output?.[1] ?? null, stderr: output?.[2] ?? null });
}

// The output of a child that went well; its complaints are shown as they are.
function outputOf(file, words, options, command) {
  const result = spawnSync(file, words, options);
  if (result.stderr?.length > 0 && options.stdio === undefined) process.stderr.write(result.stderr);
  if (result.error === undefined && result.status === 0) return result.stdout;
  const error = result.error ?? new Error(`Command failed: ${command}${result.stderr?.length > 0 ? `\n${result.stderr}` : ''}`);
  throw Object.assign(error, result.error === undefined ? {} : { error: result.error },
                      Object.fromEntries(Object.entries(result).filter(([name]) => name !== 'error')));
}

function execFileSync(file, words = [], options = {}) {
  if (!Array.isArray(words)) [words, options] = [[], words];
  return outputOf(file, words, options, [file, ...words].join(' '));
}

function execSync(command, options = {}) {
  return outputOf(command, [], { ...options, shell: options.shell ?? true }, command);
}

module.exports = { spawnSync, execFileSync, execSync };
