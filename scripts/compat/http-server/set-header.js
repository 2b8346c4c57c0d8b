// The header methods of a response: names, values, lists, order, and what they return.
'use strict';

const http = require('http');

const attempt = (label, run) => {
  try {
    console.log(label, run());
  } catch (err) {
    console.log(label, err.name, err.code, err.message);
  }
};

const server = http.createServer((req, res) => {
  console.log(res.setHeader('X-One', '1') === res, res.setHeader('x-two', 2) === res);
  res.setHeader('X-List', ['a', 'b']);
  res.appendHeader('X-List', 'c');
  res.appendHeader('X-New', 'd');
  res.setHeaders(new Map([['x-map', 'm']]));
  console.log(res.getHeader('X-ONE'), res.getHeader('X-Two'), res.getHeader('x-list'), res.getHeader('nope'));
  console.log(res.getHeaderNames(), res.getRawHeaderNames(), res.hasHeader('X-LIST'), res.hasHeader('nope'));
  console.log(res.getHeaders());
  console.log(Object.getPrototypeOf(res.getHeaders()));
  res.removeHeader('X-two');
  res.setHeader('x-one', 'renamed');
  for (const [label, run] of [
    ['name', () => res.setHeader('bad name', 'x')],
    ['empty name', () => res.setHeader('', 'x')],
    ['undefined', () => res.setHeader('x', undefined)],
    ['no value', () => res.setHeader('x')],
    ['newline', () => res.setHeader('x', 'a\r\nb: c')],
    ['unicode', () => res.setHeader('x', 'é€')],
    ['latin1', () => res.setHeader('x-latin', 'é') === res],
    ['number name', () => res.setHeader(5, 'x')],
    ['symbol', () => res.getHeader(Symbol('x'))],
    ['hasHeader', () => res.hasHeader()],
    ['removeHeader', () => res.removeHeader()],
    ['setHeaders', () => res.setHeaders({ a: 1 })],
    ['null value', () => res.setHeader('x-null', null) === res],
    ['object value', () => res.setHeader('x-object', {}) === res],
    ['empty', () => res.setHeader('x-empty', '') === res],
  ]) attempt(label, run);
  res.sendDate = false;
  res.end();
  attempt('after', () => res.setHeader('x', 'y'));
  attempt('remove after', () => res.removeHeader('x-one'));
  attempt('append after', () => res.appendHeader('x-one', 'y'));
  console.log(res.headersSent, res.getHeader('x-one'));
});
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (res) => {
    console.log(res.rawHeaders);
    res.resume();
    res.on('end', () => server.close());
  });
});
