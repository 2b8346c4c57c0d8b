// A signal that was aborted before the request destroys it at once.
'use strict';
const http = require('http');
const { getEventListeners } = require('events');

const c = new AbortController();
c.abort(new Error('why'));
const req = http.get({ port: 9, host: '127.0.0.1', signal: c.signal });
console.log(req.destroyed, req.aborted, getEventListeners(c.signal, 'abort').length);
req.on('error', (e) => console.log(e.code, e.name, e.message, e.cause && e.cause.message));
req.on('close', () => console.log('close'));
