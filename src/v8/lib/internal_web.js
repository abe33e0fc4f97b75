// What programs know from browsers, each loaded when it is asked for.
'use strict';

module.exports = {
  get Headers() { return require('internal_fetch_headers').Headers; },
  get FormData() { return require('internal_form_data').FormData; },
  get Blob() { return require('internal_blob').Blob; },
  get Request() { return require('internal_fetch_messages').Request; },
  get Response() { return require('internal_fetch_messages').Response; },
  fetch(input, init) { return require('internal_fetch').fetch(...arguments); },
};
