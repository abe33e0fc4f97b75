// What a `data:` address holds, as an answer.
'use strict';

const { Headers } = require('internal_fetch_headers');
const { Body } = require('internal_fetch_body');
const { receivedResponse } = require('internal_fetch_messages');

function decodeData(url) {
  const match = /^data:([^,]*?)(;\s*base64)?,([^#]*)/i.exec(url);
  if (match === null) throw new TypeError('fetch failed', { cause: new Error('invalid path to fetch') });
  const [, type, base64, data] = match;
  const bytes = Buffer.from(decodeURIComponent(data.replace(/%(?![\da-f]{2})/gi, '%25')), base64 === undefined ? 'utf8' : 'base64');
  const shown = type === '' ? 'text/plain;charset=US-ASCII' : type.startsWith(';') ? `text/plain${type}` : type;
  return receivedResponse({ status: 200, statusText: 'OK', type: 'default', url }, new Headers({ 'content-type': shown }), new Body(new Uint8Array(bytes)));
}

module.exports = { decodeData };
