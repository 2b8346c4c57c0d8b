// An object with the prototype of requests and the state of an OutgoingMessage
// only, as packages that mock http make it.
const http = require('http');
const util = require('util');
const { EventEmitter } = require('events');
function Mock() {
  http.OutgoingMessage.call(this);
  this.method = 'PUT';
  this.path = '/mock';
}
util.inherits(Mock, http.ClientRequest);
const req = new Mock();
console.log(req instanceof http.ClientRequest, req instanceof http.OutgoingMessage);
req.setHeader('X-A', 'b');
req.setNoDelay(true);
req.setSocketKeepAlive(true, 5);
req.end('data');
console.log(JSON.stringify(req._header.replace(/Date:.*/, '')), req.finished, req.headersSent);
const socket = new EventEmitter();
socket.writable = true;
socket.setNoDelay = (v) => console.log('setNoDelay', v);
socket.setKeepAlive = (...a) => console.log('setKeepAlive', ...a);
req.socket = socket;
req.emit('socket', socket);
