// http.Server called as a function, option checks, and its first state.
'use strict';

const http = require('http');
const net = require('net');

const server = http.Server();
console.log(server instanceof http.Server, server instanceof net.Server, server.listening, server.address());
console.log(server.timeout, server.keepAliveTimeout, server.headersTimeout, server.requestTimeout, server.maxHeadersCount,
            server.maxRequestsPerSocket, server.keepAliveTimeoutBuffer, server.httpAllowHalfOpen, server.connectionsCheckingInterval);
console.log(server.eventNames(), server.listenerCount('connection'), server.listenerCount('request'));
const handler = () => {};
console.log(http.createServer(handler).listeners('request')[0] === handler);
for (const options of [1, 'x', null, { maxHeaderSize: 'x' }, { insecureHTTPParser: 1 }, { requestTimeout: -1 },
  { keepAliveTimeout: 'x' }, { headersTimeout: 100, requestTimeout: 50 }, { highWaterMark: -1 }, { joinDuplicateHeaders: 'x' },
  { requireHostHeader: 'no' }, { maxHeaderSize: 100, keepAliveTimeout: 7, requestTimeout: 8, headersTimeout: 8 }]) {
  try {
    const made = http.createServer(options);
    console.log(options, 'made', made.keepAliveTimeout, made.headersTimeout, made.requestTimeout, made.maxHeaderSize);
  } catch (err) {
    console.log(options, err.name, err.code, err.message);
  }
}
try {
  http.createServer({}, 'x');
} catch (err) {
  console.log(err.code, err.message);
}
