// Readable.from's sources, stream.compose-free statics: isReadable, isErrored, default high-water marks.
'use strict';

const stream = require('stream');
const { Readable, Writable, PassThrough } = stream;

(async () => {
  console.log(await Readable.from('text').toArray(), await Readable.from(Buffer.from('b')).toArray());
  console.log(await Readable.from(new Set([1, 2])).toArray());
  console.log(await Readable.from((async function* () { yield 'g'; })()).toArray());
  try { Readable.from(5); } catch (err) { console.log(err.code, err.message); }
  console.log(stream.getDefaultHighWaterMark(false), stream.getDefaultHighWaterMark(true));
  const p = new PassThrough();
  console.log(stream.isReadable(p), stream.isWritable(p), stream.isErrored(p), stream.isDisturbed(p), stream.isDestroyed ? stream.isDestroyed(p) : 'none');
  p.on('error', () => {});
  p.destroy(new Error('x'));
  await new Promise(setImmediate);
  console.log(stream.isReadable(p), stream.isErrored(p), p.errored.message, p.closed);
  console.log(Object.keys(stream).sort());
  console.log(stream.addAbortSignal(AbortSignal.abort(), new Readable({ read() {} }).on('error', (err) => console.log(err.name))).destroyed);
})();
