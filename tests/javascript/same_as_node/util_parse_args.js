// util.parseArgs(): options, positionals, errors, tokens.
const { parseArgs } = require('util');
const show = (config) => { try { console.log(JSON.stringify(parseArgs(config))); } catch (error) { console.log(error.code, error.message); } };
const options = { verbose: { type: 'boolean', short: 'v' }, name: { type: 'string', short: 'n' }, tag: { type: 'string', multiple: true, short: 't' }, level: { type: 'string', default: '1' } };
show({ args: ['-v', '--name', 'x', '--tag=a', '-tb', '-t', 'c'], options });
show({ args: ['-vn', 'y', 'file'], options, allowPositionals: true });
show({ args: ['file'], options });
show({ args: ['--unknown'], options });
show({ args: ['-x'], options });
show({ args: ['--name'], options });
show({ args: ['--name', '-v'], options });
show({ args: ['--verbose=yes'], options });
show({ args: ['--unknown', '--a=b', '-xyz', 'c'], strict: false });
show({ args: ['a', '--', '--name', 'b'], options, allowPositionals: true });
show({ args: ['-v', '--name', 'x', 'p', '--', 'q', '-tz'], options, allowPositionals: true, tokens: true });
show({ args: ['--no-verbose'], options });
show({ args: [], options: { bad: { type: 'number' } } });
show({ args: [], options: { bad: { type: 'string', short: 'long' } } });
const { values } = parseArgs({ args: ['--name=z'], options }); console.log(values, Object.getPrototypeOf(values));
