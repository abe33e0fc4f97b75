// The module `stream/consumers`: all that a stream brings, as one value.
'use strict';

const { Buffer } = require('buffer');
const { TextDecoder } = require('internal_encoding');

async function blob(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return new (require('internal_blob').Blob)(parts);
}
const arrayBuffer = async (stream) => (await blob(stream)).arrayBuffer();
const buffer = async (stream) => Buffer.from(await arrayBuffer(stream));
async function text(stream) {
  const decoder = new TextDecoder();
  let all = '';
  for await (const part of stream) all += typeof part === 'string' ? part : decoder.decode(part, { stream: true });
  return all + decoder.decode();
}
const json = async (stream) => JSON.parse(await text(stream));

module.exports = { arrayBuffer, blob, buffer, text, json };
