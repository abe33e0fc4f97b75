// What asynchronous failures are called.
const fs = require('fs'), net = require('net'), dns = require('dns'), http = require('http'), cp = require('child_process');
const lines = [];
process.on('exit', () => console.log(lines.sort().join('\n')));
const show = (label) => (error) => lines.push([label, error.code, error.errno, error.syscall, error.message].join(' '));
fs.readFile('/none', show('readFile'));
fs.readdir('/etc/passwd', show('readdir'));
net.connect(1, '127.0.0.1').on('error', show('connect'));
http.get('http://127.0.0.1:1/').on('error', show('get'));
cp.spawn('/none/prog').on('error', show('spawn'));
fs.promises.open('/none').catch(show('open'));
fs.createReadStream('/none').on('error', show('stream'));
