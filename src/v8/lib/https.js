// The module `https`, of which there is only the name (tls.js).
'use strict';

const { Server, connect } = require('tls');
const { Agent } = require('http');

module.exports = { Server, createServer: connect, request: connect, get: connect, Agent, globalAgent: new Agent() };
