// Own keys of the objects whose state lies behind them: Reflect.ownKeys, spread, for in, descriptors, in both styles of subclass.
'use strict';

const EventEmitter = require('events');
const http = require('http');
const net = require('net');
const stream = require('stream');
const util = require('util');

const show = (name, object) => console.log(name, Reflect.ownKeys(object).map(String).join(' '));

show('emitter', new EventEmitter());
class Derived extends EventEmitter {
  constructor() { super(); this.own = 1; }
}
show('class', new Derived());
function Old() { this.before = 1; EventEmitter.call(this); this.after = 2; }
util.inherits(Old, EventEmitter);
show('inherits', new Old());
console.log({ ...new Derived() });
const names = [];
for (const key in new Derived()) names.push(key);
console.log(names.slice(0, 5).join());
console.log(Object.getOwnPropertyDescriptor(new Derived(), '_eventsCount'), new Derived().hasOwnProperty('_events'));
console.log(util.isDeepStrictEqual(new Derived(), new Derived()), util.isDeepStrictEqual(new Derived(), new Derived().on('x', () => {})));
const late = Object.create(EventEmitter.prototype);
late.on('x', () => {});
show('late', late);

const { Readable, Writable, Duplex, Transform, PassThrough } = stream;
for (const Class of [Readable, Writable, Duplex, Transform, PassThrough]) {
  show(Class.name, new Class({ read() {}, write() {}, transform() {}, final() {} }));
}
class Numbers extends Readable {
  constructor() { super({ objectMode: true }); this.n = 0; }
  _read() { this.push(this.n < 2 ? this.n++ : null); }
}
const numbers = new Numbers();
show('before', numbers);
numbers.on('data', () => {});
show('after', numbers);
console.log(numbers);
show('states', numbers._readableState);
show('stream', new stream());

show('socket', new net.Socket());
show('server', net.createServer());
show('http.Server', http.createServer());
show('agent', new http.Agent());
show('outgoing', new http.OutgoingMessage());
show('incoming', new http.IncomingMessage(new net.Socket()));

const server = http.createServer((req, res) => {
  show('req', req);
  show('res', res);
  show('served', req.socket);
  res.end('x');
  show('res', res);
});
server.listen(0, () => {
  show('listening', server);
  const req = http.get({ port: server.address().port, agent: false, headers: { connection: 'close' } }, (res) => {
    show('response', res);
    res.resume().on('end', () => server.close());
  });
  show('request', req);
});
