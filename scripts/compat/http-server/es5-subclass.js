// Old-style inheritance: util.inherits and .call(this), and an app that sets prototypes of live objects.
'use strict';

const http = require('http');
const util = require('util');

function App(handler) {
  http.Server.call(this, handler);
  this.mine = true;
}
util.inherits(App, http.Server);
App.prototype.hello = function () { return 'hello'; };

const reqProto = Object.create(http.IncomingMessage.prototype);
reqProto.get = function (name) { return this.headers[name.toLowerCase()]; };
const resProto = Object.create(http.ServerResponse.prototype);
resProto.send = function (text) { this.setHeader('Content-Length', Buffer.byteLength(text)); this.end(text); };

const app = new App((req, res) => {
  Object.setPrototypeOf(req, reqProto);
  Object.setPrototypeOf(res, resProto);
  req.extra = 1;
  console.log(req.get('X-Mine'), req instanceof http.IncomingMessage, res instanceof http.ServerResponse, Object.keys(req).includes('extra'));
  res.send('sent');
});
console.log(app instanceof App, app instanceof http.Server, app.hello(), app.mine, App.super_ === http.Server);
app.listen(0, '127.0.0.1', () => {
  http.get({ port: app.address().port, host: '127.0.0.1', agent: false, headers: { 'X-Mine': 'yes' } }, (res) => {
    console.log(res.headers['content-length']);
    res.on('data', (chunk) => console.log(String(chunk)));
    res.on('end', () => app.close());
  });
});
