// A lookup that fails, by the request's own lookup option.
'use strict';

const http = require('http');

const req = http.get({
  host: 'name.example', port: 80, agent: false,
  lookup(name, options, callback) {
    console.log('lookup', name, typeof options, typeof callback);
    const err = new Error(`getaddrinfo ENOTFOUND ${name}`);
    Object.assign(err, { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: name });
    process.nextTick(callback, err);
  },
});
req.on('error', (err) => console.log('error', err.code, err.message, err.hostname));
req.on('close', () => console.log('close', req.destroyed));
