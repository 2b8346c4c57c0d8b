// Hashes, HMACs and ciphers as streams: made when they are first used so, with their own
// properties before and after, options, pipes, iteration and errors.
const crypto = require('crypto');
const { pipeline, Readable, PassThrough, isReadable, isWritable, finished } = require('stream');
const { once, EventEmitter } = require('events');
const { inspect } = require('util');
const key = Buffer.alloc(16, 1);
const made = {
  hash: () => crypto.createHash('sha256'),
  options: () => crypto.createHash('sha256', { highWaterMark: 3, encoding: 'hex' }),
  hmac: () => crypto.createHmac('sha1', 'key'),
  cipher: () => crypto.createCipheriv('aes-128-cbc', key, key),
  decipher: () => crypto.createDecipheriv('aes-128-cbc', key, key),
};
for (const [name, make] of Object.entries(made)) {
  const o = make();
  console.log(name, Object.keys(o), '_readableState' in o, o.hasOwnProperty('_options'), o.hasOwnProperty('_events'), JSON.stringify(o._options));
  console.log(o.readableHighWaterMark, o.writableHighWaterMark, o.writable, o.readable, Object.keys(o));
  console.log(isReadable(make()), isWritable(make()), make().listenerCount('data'), make() instanceof EventEmitter);
  const seen = [];
  for (const k in make()) if (k.startsWith('_')) seen.push(k);
  console.log(seen[0], seen.length > 1);
}
(async () => {
  for (const [name, make] of Object.entries(made)) {
    if (name === 'decipher') continue;
    const o = make();
    const parts = [];
    o.on('data', (d) => parts.push(d));
    o.write('some ');
    o.write(Buffer.from('data'));
    o.end('00', 'hex');
    await once(o, 'end');
    console.log(name, parts.map((p) => (typeof p === 'string' ? p : p.toString('hex'))).join(), o.destroyed, o.writableFinished);
    const whole = [];
    for await (const d of Readable.from(['some ', 'data']).pipe(make())) whole.push(d.toString('hex'));
    console.log(whole);
    const after = make();
    after.update('x');
    after.end('y');
    console.log((await after.toArray()).map((d) => d.toString('hex')), inspect(after.destroyed));
  }
  const hash = made.hash();
  hash.end('abc');
  console.log(hash.read()?.toString('hex'), hash.read());
  for (const use of ['digest', 'update', 'copy']) {
    try {
      console.log(use, typeof hash[use]('hex'));
    } catch (e) {
      console.log(use, e.code);
    }
  }
  const bad = made.decipher();
  bad.on('error', (e) => console.log(e.code, e.reason));
  bad.end('short');
  await new Promise((r) => bad.on('close', r));
  pipeline(Readable.from([Buffer.alloc(40)]), made.cipher(), made.decipher(), new PassThrough(), (e) => console.log('pipeline', e)).on('data', (d) => console.log(d.length));
  const h = made.hash();
  finished(h, (e) => console.log('finished', e?.code));
  h.destroy();
  h.once('close', () => console.log('close', h.closed));
  try {
    crypto.createHash('sha256', { highWaterMark: -1 }).on('data', () => {});
  } catch (e) {
    console.log(e.code, e.message);
  }
})();
