// The module `constants`: those of `os` and `fs` in one object.
'use strict';
const { errno, signals, priority, dlopen } = require('os').constants;
module.exports = Object.freeze({ ...errno, ...signals, ...priority, ...dlopen, ...require('fs').constants });
