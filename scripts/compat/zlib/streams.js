// Streams of every class: round trips in pieces, several members, what follows
// the end, errors, destroy, close, reset.
const zlib = require('zlib');
const { pipeline, Readable } = require('stream');
const data = Buffer.from(Array.from({ length: 60000 }, (_, i) => 97 + ((i * i) >> 4) % 26));
const pairs = [['Gzip', 'Gunzip'], ['Gzip', 'Unzip'], ['Deflate', 'Inflate'], ['Deflate', 'Unzip'], ['DeflateRaw', 'InflateRaw'],
  ['BrotliCompress', 'BrotliDecompress'], ['ZstdCompress', 'ZstdDecompress']];
const jobs = [];
const run = (name, f) => jobs.push(() => new Promise((done) => f(done, (...a) => console.log(name, ...a))));
for (const [c, d] of pairs) {
  for (const size of [1, 100, 20000]) {
    if (size === 1 && c !== 'Gzip' && c !== 'Deflate') continue;
    run(`${c} ${d} ${size}`, (done, log) => {
      const input = size === 1 ? data.subarray(0, 300) : data;
      const enc = zlib['create' + c]({ chunkSize: 64 + size });
      const dec = zlib['create' + d]({ chunkSize: 64 + size });
      const out = [];
      dec.on('data', (p) => out.push(p));
      pipeline(Readable.from((function* () { for (let i = 0; i < input.length; i += size) yield input.subarray(i, i + size); })()), enc, dec, (err) => {
        log(err, Buffer.concat(out).equals(input), enc.bytesWritten, dec.bytesWritten > 0);
        done();
      });
    });
  }
}
function collect(stream, input, log, done, parts = [input]) {
  const events = [];
  const out = [];
  for (const e of ['end', 'finish', 'close']) stream.on(e, () => events.push(e));
  stream.on('error', (e) => events.push(`${e.name} ${e.code} ${e.errno} ${e.message}`));
  stream.on('data', (d) => out.push(d));
  stream.on('close', () => {
    const all = Buffer.concat(out).toString();
    log(events.join(', '), all.length < 40 ? all : all.length, stream instanceof zlib.ZstdDecompress || stream.bytesWritten, stream._closed);
    done();
  });
  for (const p of parts.slice(0, -1)) stream.write(p);
  stream.end(parts.at(-1));
}
const two = Buffer.concat([zlib.gzipSync('first '), zlib.gzipSync('second')]);
run('members', (done, log) => collect(zlib.createGunzip(), two, log, done));
run('members byte by byte', (done, log) => collect(zlib.createGunzip(), two, log, done, [...two].map((b) => Buffer.from([b]))));
run('members unzip', (done, log) => collect(zlib.createUnzip(), two, log, done, [two.subarray(0, 1), two.subarray(1)]));
for (const [name, tail] of Object.entries({ zeros: Buffer.alloc(10), garbage: Buffer.from('garbage, surely'), magic: Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8]) })) {
  run('tail ' + name, (done, log) => collect(zlib.createGunzip(), Buffer.concat([zlib.gzipSync('data'), tail]), log, done));
  run('tail apart ' + name, (done, log) => collect(zlib.createGunzip(), null, log, done, [zlib.gzipSync('data'), tail]));
  run('tail inflate ' + name, (done, log) => collect(zlib.createInflate(), Buffer.concat([zlib.deflateSync('data'), tail]), log, done));
  run('tail rejected ' + name, (done, log) => collect(zlib.createInflate({ rejectGarbageAfterEnd: true }), Buffer.concat([zlib.deflateSync('data'), tail]), log, done));
  run('tail brotli ' + name, (done, log) => collect(zlib.createBrotliDecompress(), Buffer.concat([zlib.brotliCompressSync('data'), tail]), log, done));
  run('tail zstd ' + name, (done, log) => collect(zlib.createZstdDecompress(), Buffer.concat([zlib.zstdCompressSync('data'), tail]), log, done));
}
for (const [c, d] of pairs) {
  const name = c[0].toLowerCase() + c.slice(1);
  run('truncated ' + d, (done, log) => collect(zlib['create' + d](), zlib[name + 'Sync'](data).subarray(0, -3), log, done));
  run('empty ' + d, (done, log) => collect(zlib['create' + d](), Buffer.alloc(0), log, done));
  run('text ' + d, (done, log) => collect(zlib['create' + d](), 'this is no compressed data', log, done));
}
run('finishFlush', (done, log) => collect(zlib.createGunzip({ finishFlush: zlib.constants.Z_SYNC_FLUSH }), zlib.gzipSync(data).subarray(0, 200), log, done));
run('dictionary missing', (done, log) => collect(zlib.createInflate(), zlib.deflateSync('hello', { dictionary: Buffer.from('hello') }), log, done));
run('dictionary bad', (done, log) => collect(zlib.createInflate({ dictionary: Buffer.from('other') }), zlib.deflateSync('hello', { dictionary: Buffer.from('hello') }), log, done));
run('dictionary', (done, log) => collect(zlib.createInflate({ dictionary: Buffer.from('hello') }), zlib.deflateSync('hello', { dictionary: Buffer.from('hello') }), log, done));
run('zstd dictionary', (done, log) => collect(zlib.createZstdDecompress({ dictionary: data.subarray(0, 1000) }), zlib.zstdCompressSync(data.subarray(0, 2000), { dictionary: data.subarray(0, 1000) }), log, done));
run('pledged', (done, log) => collect(zlib.createZstdCompress({ pledgedSrcSize: 3 }), null, log, done, ['four', '!']));
run('close', (done, log) => {
  const z = zlib.createGzip();
  z.on('close', () => log('close event', z._closed, z._handle, z.destroyed));
  z.write('data', (e) => log('written', e && e.code));
  z.close((e) => { log('closed', e && e.code); z.write('more', (e) => { log(e.code, e.message); done(); }); z.on('error', (e) => log('error', e.code)); });
});
run('destroy', (done, log) => {
  const z = zlib.createInflate();
  z.on('error', (e) => log(e.message)).on('close', () => { log('closed', z._handle); done(); });
  z.write(zlib.deflateSync(data));
  z.destroy(new Error('enough'));
});
run('reset', (done, log) => {
  const z = zlib.createDeflate();
  const out = [];
  z.on('data', (d) => out.push(d));
  z.write('lost', () => {
    z.reset();
    z.end('kept');
    z.on('end', () => { const b = Buffer.concat(out); log(zlib.inflateSync(b.subarray(b.lastIndexOf(0x78))).toString()); done(); });
  });
});
run('flush order', (done, log) => {
  const z = zlib.createGzip();
  z.resume();
  z.write('a', () => log('write'));
  z.flush(() => log('flush'));
  z.flush(zlib.constants.Z_SYNC_FLUSH, () => log('flush 2'));
  z.end(() => log('end callback'));
  z.flush(() => log('flush after end'));
  z.on('finish', () => log('finish')).on('end', () => log('end'));
  z.on('close', () => { z.flush(() => { log('flush after close'); done(); }); });
});
run('subclass', (done, log) => {
  class Counting extends zlib.Gzip {
    push(chunk) { this.pushed = (this.pushed || 0) + (chunk ? chunk.length : 0); return super.push(chunk); }
    _flush(cb) { log('flush', this.constructor.name); super._flush(cb); }
  }
  const z = new Counting({ level: 1 });
  z.resume().on('end', () => { log(z.pushed, z instanceof zlib.Gzip); done(); }).end('hello');
});
run('processChunk', (done, log) => {
  const z = new zlib.Inflate();
  log(z._processChunk(zlib.deflateSync('sync'), zlib.constants.Z_FINISH).toString(), z._handle, z.bytesWritten);
  const y = new zlib.Gunzip();
  y.on('error', () => {});
  try { y._processChunk(Buffer.from('nonsense'), zlib.constants.Z_FINISH); } catch (e) { log(e.code, e.message); }
  done();
});
run('handle', (done, log) => {
  const z = new zlib.Deflate();
  const out = Buffer.alloc(100);
  z._handle.writeSync(zlib.constants.Z_FINISH, Buffer.from('xxhandle'), 2, 6, out, 10, 90);
  log(z._writeState, zlib.inflateSync(out.subarray(10, 100 - z._writeState[0])).toString());
  done();
});
run('promisified', async (done, log) => {
  const { promisify } = require('util');
  for (const [c, d] of pairs) {
    const f = (n) => promisify(zlib[n[0].toLowerCase() + n.slice(1)]);
    log(c, (await f(d)(await f(c)('promise'))).toString());
  }
  await promisify(zlib.gunzip)('nothing').catch((e) => log(e.code, e.errno, e.message));
  await promisify(zlib.gunzip)(zlib.gzipSync(data), { maxOutputLength: 100 }).catch((e) => log(e.code, e.message));
  const r = await promisify(zlib.gzip)('info', { info: true });
  log(Object.keys(r), r.engine.constructor.name, r.engine.bytesWritten, r.engine._closed);
  done();
});
run('iteration', async (done, log) => {
  const z = zlib.createGunzip();
  z.end(zlib.gzipSync(data));
  let n = 0;
  for await (const p of z) n += p.length;
  log(n);
  done();
});
run('back pressure', (done, log) => {
  const z = zlib.createGunzip({ chunkSize: 1024 });
  z.end(zlib.gzipSync(Buffer.alloc(1 << 20)));
  let n = 0, reads = 0;
  z.on('readable', () => { let p; while ((p = z.read(5000)) !== null || (p = z.read()) !== null) { n += p.length; reads++; } });
  z.on('end', () => { log(n, reads > 100, z.readableLength); done(); });
});
(async () => { for (const j of jobs) await j(); })();
