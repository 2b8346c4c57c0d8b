// BroadcastChannel and MessageEvent; structuredClone of ports and streams.
'use strict';

const t = (n, f) => { try { console.log(n, f()); } catch (e) { console.log(n, e.name, e.code, e.code && e.message); } };
t('new', () => new BroadcastChannel());
t('this', () => BroadcastChannel.prototype.name);
const a = new BroadcastChannel('x');
const b = new BroadcastChannel('x');
const c = new BroadcastChannel('y');
t('shown', () => a);
t('none', () => a.postMessage());
t('clone', () => a.postMessage(Symbol('s')));
a.onmessage = () => console.log('its own');
c.onmessage = () => console.log('another name');
b.addEventListener('message', (e) => {
  console.log('got', e.data, e.constructor.name, e.target === b);
  for (const x of [a, b, c]) x.close();
  t('closed', () => b.postMessage(1));
  t('closed', () => [b.name, b.ref() === b]);
});
a.postMessage({ hello: 1 });

const e = new MessageEvent('m', { data: 1, origin: 'o', lastEventId: 7 });
t('event', () => [e.type, e.data, e.origin, e.lastEventId, e.source, e.ports, Object.isFrozen(e.ports)]);
t('event', () => new MessageEvent());
t('event', () => new MessageEvent('x', { source: 1 }));
t('event', () => new MessageEvent('x', { ports: 1 }));
const close = new CloseEvent('close', { wasClean: true, code: 1001, reason: 'r' });
t('close', () => [close.wasClean, close.code, close.reason]);

t('port', () => structuredClone(new MessageChannel().port1));
t('list', () => structuredClone(1, { transfer: [{}] }));
const { port1 } = new MessageChannel();
t('moved', () => structuredClone(port1, { transfer: [port1] }).constructor.name);
t('moved', () => structuredClone(port1, { transfer: [port1] }));
t('stream', () => structuredClone(new ReadableStream()));
const source = new ReadableStream({ start(k) { k.enqueue({ one: 1 }); k.enqueue(2); k.close(); } });
const copy = structuredClone(source, { transfer: [source] });
t('stream', () => [source.locked, copy]);
(async () => {
  for await (const x of copy) console.log('chunk', x);
})();
