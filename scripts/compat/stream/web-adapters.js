// Readable, Writable and Duplex to and from web streams; finished and pipeline with them.
'use strict';

const { Readable, Writable, Duplex, PassThrough, Transform, pipeline, finished, promises } = require('stream');
const { text } = require('stream/consumers');

const t = (f) => { try { console.log('OK', f()); } catch (e) { console.log(e.name, e.code, e.code && e.message); } };
for (const C of [Readable, Writable, Duplex]) for (const m of ['toWeb', 'fromWeb']) for (const v of [undefined, 1, {}]) t(() => C[m](v));
t(() => Readable.fromWeb(new ReadableStream(), 1));
t(() => Readable.fromWeb(new ReadableStream(), { encoding: 'x' }));
t(() => Readable.toWeb(new PassThrough(), { type: 'x' }));
t(() => Readable.toWeb(new PassThrough()));
t(() => Writable.toWeb(new PassThrough()));

(async () => {
  const read = async (r) => { const out = []; for await (const c of r) out.push(c); return out; };
  console.log(await read(Readable.toWeb(Readable.from(['a', 'b']))));
  console.log(await read(Readable.toWeb(Readable.from([Buffer.from('ab')], { objectMode: false }))));
  console.log(await read(Readable.fromWeb(new ReadableStream({ start(c) { c.enqueue('x'); c.close(); } }), { encoding: 'utf8' })));
  await read(Readable.fromWeb(new ReadableStream({ start(c) { c.error(new Error('boom')); } }))).catch((e) => console.log(e.message));
  await read(Readable.toWeb(new Readable({ read() { this.destroy(new Error('bang')); } }))).catch((e) => console.log(e.message));
  const seen = [];
  const w = Writable.toWeb(new Writable({ write(c, e, cb) { seen.push(String(c)); cb(); } })).getWriter();
  await w.write('one');
  await w.write(Buffer.from('two'));
  await w.close();
  console.log(seen);
  const back = Writable.fromWeb(new WritableStream({ write(c) { console.log('write', c); }, close() { console.log('close'); }, abort(e) { console.log('abort', e.message); } }));
  back.end('hi');
  await promises.finished(back);
  const pair = Duplex.toWeb(new Transform({ transform(c, e, cb) { cb(null, String(c).toUpperCase()); } }));
  const pw = pair.writable.getWriter();
  pw.write('loud');
  pw.close();
  console.log(await text(pair.readable));
  const d = Duplex.fromWeb(new TransformStream({ transform(c, k) { k.enqueue(c + c); } }), { encoding: 'utf8' });
  d.end('q');
  console.log(await read(d));
  await promises.pipeline(new ReadableStream({ start(c) { c.enqueue('p'); c.close(); } }), new TransformStream({ transform(c, k) { k.enqueue(c + c); } }), new WritableStream({ write(c) { console.log('sink', c); } }));
  await new Promise((resolve) => pipeline(Readable.from(['n']), new TransformStream(), async function* (src) { for await (const c of src) console.log('gen', c); }, (e) => { console.log('done', e); resolve(); }));
  await new Promise((resolve) => finished(new ReadableStream({ start(c) { c.error(new Error('f')); } }), (e) => { console.log('finished', e.message); resolve(); }));
})();
