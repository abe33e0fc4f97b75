// The module `http`.
'use strict';

const { IncomingMessage } = require('internal_http_message');
const { OutgoingMessage, checkHeader, failure, kToken } = require('internal_http_outgoing');
const { Server, ServerResponse, STATUS_CODES, methods } = require('internal_http_server');
const { ClientRequest } = require('internal_http_client');
const agents = require('internal_http_agent');
const { kLargestHead } = require('internal_http_link');

const request = (...values) => new ClientRequest(...values);

function get(...values) {
  const made = request(...values);
  made.end();
  return made;
}

function validateHeaderName(name) {
  if (typeof name !== 'string' || !kToken.test(name))
    throw failure(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Header name must be a valid HTTP token ["${name}"]`);
}

module.exports = {
  METHODS: methods.filter((method) => method !== 'PRI').sort().slice(), STATUS_CODES, maxHeaderSize: kLargestHead,
  Agent: agents.Agent, ClientRequest, IncomingMessage, OutgoingMessage, Server, ServerResponse,
  createServer: (options, listener) => new Server(options, listener), request, get,
  validateHeaderName, validateHeaderValue: checkHeader,
  get globalAgent() { return agents.globalAgent; },
  set globalAgent(agent) { agents.globalAgent = agent; },
};
