// The module `module`.
'use strict';
module.exports = require('internal_loader').Module;
