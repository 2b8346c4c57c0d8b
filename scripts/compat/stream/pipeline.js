// pipeline and finished: results, errors, destroyed streams, generators, promises.
'use strict';

const { pipeline, finished, Readable, Writable, Transform, PassThrough, promises } = require('stream');

const upper = () => new Transform({ transform(chunk, encoding, callback) { callback(null, String(chunk).toUpperCase()); } });
const collect = () => { const chunks = []; const w = new Writable({ write(chunk, encoding, callback) { chunks.push(String(chunk)); callback(); } }); w.chunks = chunks; return w; };
(async () => {
  const out = collect();
  await new Promise((resolve) => pipeline(Readable.from(['a', 'b']), upper(), out, (err) => { console.log('done', err, out.chunks, out.destroyed); resolve(); }));
  const failing = new Transform({ transform(chunk, encoding, callback) { callback(new Error('bad')); } });
  const source = new PassThrough();
  const sink = collect();
  source.on('close', () => console.log('source close'));
  sink.on('error', (err) => console.log('sink error', err.message));
  source.write('x');
  await promises.pipeline(source, failing, sink).catch((err) => console.log('rejected', err.message, source.destroyed, sink.destroyed));
  const premature = new PassThrough();
  setImmediate(() => premature.destroy());
  await promises.pipeline(premature, collect()).catch((err) => console.log(err.code, err.message));
  const words = [];
  await promises.pipeline(['x', 'y'], async function* (source) { for await (const chunk of source) yield chunk + chunk; }, async (source) => { for await (const chunk of source) words.push(chunk); });
  console.log(words);
  const controller = new AbortController();
  const hanging = promises.pipeline(new PassThrough(), collect(), { signal: controller.signal });
  controller.abort();
  await hanging.catch((err) => console.log(err.name, err.code));
  for (const [label, make] of [
    ['ended', () => { const p = new PassThrough(); p.resume(); p.end(); return p; }],
    ['destroyed', () => { const p = new PassThrough(); p.destroy(); return p; }],
    ['error', () => { const p = new PassThrough(); p.destroy(new Error('e')); return p; }],
  ]) {
    await new Promise((resolve) => finished(make(), (err) => { console.log(label, err && (err.code || err.message)); resolve(); }));
  }
  try { pipeline(Readable.from([])); } catch (err) { console.log(err.code, err.message); }
  try { pipeline(1, 2, () => {}); } catch (err) { console.log(err.code); }
})();
