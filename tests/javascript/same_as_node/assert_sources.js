const assert = require('assert');
const t = (f) => {
  try {
    f();
  } catch (e) {
    console.log(JSON.stringify(e.message));
  }
};
t(() => assert(1 === 2));
t(() => assert.ok(typeof 123 === 'string'));
t(() => assert.ok(false && (1, ')"')));
t(() => assert.ok([1, 2].includes(3)));
t(() => assert(0 || `x)` === 'y'));
t(() => assert.ok());
t(() => assert());
const { ok } = assert;
t(() => ok(null));
t(() => assert.strict.ok(0));
t(() => assert.strict(false));
