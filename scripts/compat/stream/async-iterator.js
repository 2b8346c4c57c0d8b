// Reading by for await: order, break destroys, errors throw, return value of iterator().
'use strict';

const { Readable, PassThrough } = require('stream');

(async () => {
  for await (const chunk of Readable.from(['a', 'b'])) console.log(chunk);
  const s = Readable.from([1, 2, 3]);
  s.on('close', () => console.log('close'));
  for await (const chunk of s) { console.log(chunk); break; }
  console.log(s.destroyed);
  const failing = new Readable({ read() { this.destroy(new Error('broken')); } });
  try { for await (const chunk of failing) console.log(chunk); } catch (err) { console.log('caught', err.message); }
  const kept = Readable.from([1, 2, 3]);
  for await (const chunk of kept.iterator({ destroyOnReturn: false })) { console.log(chunk); break; }
  console.log(kept.destroyed);
  const p = new PassThrough();
  setImmediate(() => { p.write('x'); p.end('y'); });
  const got = [];
  for await (const chunk of p) got.push(String(chunk));
  console.log(got);
  const early = new PassThrough();
  setImmediate(() => early.destroy());
  try { for await (const chunk of early) console.log(chunk); } catch (err) { console.log(err.code); }
})();
