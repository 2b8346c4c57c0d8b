// MessageChannel: what is refused, order, events, moved ports and buffers.
'use strict';

const { MessageChannel, MessagePort, receiveMessageOnPort, markAsUntransferable } = require('worker_threads');

const t = (n, f) => { try { console.log(n, f()); } catch (e) { console.log(n, e.name, e.code, e.message); } };
t('new', () => new MessagePort());
t('call', () => MessageChannel());
const { port1, port2 } = new MessageChannel();
t('none', () => port1.postMessage());
for (const v of [() => {}, Symbol('a'), { a: { b() {} } }, new WeakMap(), Promise.resolve(), port2]) t('clone', () => port1.postMessage(v));
for (const list of [1, 'x', [1], [port1], [{}], { transfer: 1 }]) t('list', () => port1.postMessage(1, list));
const buffer = new ArrayBuffer(4);
t('move', () => [port1.postMessage(buffer, [buffer]), buffer.byteLength]);
t('again', () => port1.postMessage(buffer, [buffer]));
const twice = new ArrayBuffer(1);
t('twice', () => port1.postMessage(1, [twice, twice]));
const marked = new ArrayBuffer(3);
markAsUntransferable(marked);
t('marked', () => port1.postMessage(marked, [marked]));
t('receive', () => [receiveMessageOnPort(port2), receiveMessageOnPort(port2)]);
t('receive', () => receiveMessageOnPort({}));
port1.postMessage({ x: 1n, d: new Date(0), r: /a/gi, m: new Map([[1, { 2: 3 }]]), s: new Set(['s']), u: new Uint16Array([1, 2]), n: Object(1), e: new RangeError('q').message, h: [, 1] });
t('values', () => receiveMessageOnPort(port2));
const loop = { name: 'loop' };
loop.self = loop;
loop.list = [loop, new Error('e', { cause: loop }).cause];
port1.postMessage(loop);
t('cycle', () => receiveMessageOnPort(port2));
t('refs', () => [port1.hasRef(), port1.ref(), port1.hasRef(), port1.unref(), port1.hasRef()]);
t('emit', () => [port2.emit('foo', 1), port2.on('foo', (x) => console.log('foo', x)) === port2, port2.emit('foo', { a: 1 }), port2.listenerCount('foo')]);

const a = new MessageChannel();
const b = new MessageChannel();
b.port1.postMessage('sent before the move');
a.port2.on('message', (v) => {
  console.log('on', Object.keys(v));
  v.port.on('message', (m) => {
    console.log('moved', m);
    v.port.close();
  });
  v.port.on('close', () => console.log('moved closed'));
});
a.port2.addEventListener('message', (e) => console.log('event', e.constructor.name, Object.keys(e.data), e.ports.length, e.target === a.port2, e.source, e.origin));
a.port2.onmessage = (e) => { console.log('handler', e.data.port === e.ports[0]); process.nextTick(console.log, 'tick'); };
a.port1.postMessage({ port: b.port2 }, [b.port2]);
t('detached', () => a.port1.postMessage(b.port2, [b.port2]));
b.port1.on('close', () => {
  console.log('other closed');
  a.port1.close(() => console.log('called back'));
  a.port2.on('close', () => console.log('last'));
});
