// Blob and File: what the constructors take and refuse, parts, URLs, streams.
'use strict';

const { Blob, File, resolveObjectURL } = require('buffer');
const { inspect } = require('util');

const t = (f) => { try { console.log('OK', f()); } catch (e) { console.log(e.name, e.code, e.code && e.message); } };
for (const v of ['x', 1, null, {}, new Blob([])]) t(() => new Blob(v));
t(() => Blob());
for (const v of [1, () => {}, null, { endings: 'x' }, { endings: null }, { type: 'A\u1234' }, { type: null }, { type: 'Text/X' }]) t(() => new Blob([], v));
t(() => new Blob([1, { a: 1 }, null, undefined, new Uint16Array([1, 2])]).size);
t(() => new Blob(new Uint8Array([1, 2, 3])).size);
t(() => new Blob(['a\r\nb\nc\r'], { endings: 'native' }).size);
t(() => new Blob([new Blob(['ab']), new Uint8Array([65]).buffer, new DataView(new ArrayBuffer(2))]).size);
t(() => new Blob({ * [Symbol.iterator]() { yield 'a'; yield 'b'; } }).size);
t(() => Blob.prototype.size);
t(() => Blob.prototype.slice.call({}));
t(() => Blob.prototype.stream.call({}));
const six = new Blob(['abcdef']);
t(() => [six.slice(-3, -1, 'Foo'), six.slice('1', 'a').size, six.slice(1.5, 2 ** 30).size]);
for (const C of [Blob, File]) {
  t(() => C.length + ' ' + Object.getOwnPropertyNames(C.prototype).map((k) => {
    const d = Object.getOwnPropertyDescriptor(C.prototype, k);
    return [k, d.enumerable, d.value?.length].join();
  }).join(' '));
}
t(() => new File());
t(() => new File([]));
t(() => new File('x', 'y'));
for (const lastModified of [1.7, 'abc', null]) t(() => new File(['a'], 'x', { lastModified }).lastModified);
const file = new File(['a'], 'x', { lastModified: 1, type: 'a/B' });
t(() => file);
t(() => [inspect(file, { depth: -1 }), inspect({ a: { b: { c: { d: six } } } }), inspect(six, { depth: -1 })]);
t(() => Object.getOwnPropertyDescriptor(File.prototype, 'name').get.call({}));
t(() => [structuredClone(file), structuredClone(new Blob(['abc'], { type: 'x' }))]);
t(() => new (class B extends Blob {})(['x']).slice());

t(() => URL.createObjectURL());
t(() => URL.createObjectURL({}));
const url = URL.createObjectURL(file);
t(() => [url.replace(/[0-9a-f-]{36}/, '<id>'), resolveObjectURL(url), resolveObjectURL('x'), resolveObjectURL()]);
URL.revokeObjectURL(url);
t(() => resolveObjectURL(url));

(async () => {
  for (const m of ['text', 'arrayBuffer', 'bytes']) await Blob.prototype[m].call({}).catch((e) => console.log(m, e.name, e.code, e.message));
  console.log(await six.bytes(), await six.arrayBuffer(), JSON.stringify(await new Blob(['a\xff', new Uint8Array([0xef, 0xbb, 0xbf, 65, 255])]).text()));
  console.log(six.stream(), await new Blob([]).stream().getReader().read());
  for await (const c of new Blob(['ab', 'cd', new Blob(['ef', 'gh'])]).stream()) console.log(c);
  for await (const c of new Blob(['x'.repeat(70000), 'y'.repeat(70000)]).slice(10, 80000).stream()) console.log(c.length);
  const r = six.stream().getReader({ mode: 'byob' });
  for (let i = 0; i < 4; i++) console.log(await r.read(new Uint8Array(3)));
})();
