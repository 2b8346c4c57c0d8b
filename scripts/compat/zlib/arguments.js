// Arguments, options and errors of node:zlib.
const zlib = require('zlib');
const c = zlib.constants;
function attempt(name, f) {
  try {
    const v = f();
    console.log(name, v && v._handle ? v.constructor.name : v);
  } catch (e) {
    console.log(name, e.name, e.code, e.errno, e.message, Object.keys(e));
  }
}
for (const [name, options] of Object.entries({
  chunkSize1: { chunkSize: 'a' }, chunkSize2: { chunkSize: Infinity }, chunkSize3: { chunkSize: 63 }, chunkSize4: { chunkSize: NaN },
  level1: { level: 10 }, level2: { level: 'a' }, level3: { level: null }, window1: { windowBits: 8 }, window2: { windowBits: 0 },
  mem: { memLevel: 0 }, strategy: { strategy: 5 }, flush: { flush: 6 }, finish: { finishFlush: -1 }, max1: { maxOutputLength: 0 },
  dictionary: { dictionary: 'text' }, dictionary2: { dictionary: new ArrayBuffer(3) }, number: 5, text: 'level',
})) {
  attempt(name, () => zlib.createGzip(options));
}
attempt('window of inflate', () => zlib.createInflate({ windowBits: 0 }));
attempt('window of inflateRaw', () => zlib.createInflateRaw({ windowBits: 0 }));
attempt('window of gunzip', () => zlib.createGunzip({ windowBits: 7 }));
attempt('window of deflateRaw', () => zlib.createDeflateRaw({ windowBits: 8 }));
attempt('brotli key', () => zlib.createBrotliCompress({ params: { 99: 1 } }));
attempt('brotli name', () => zlib.createBrotliCompress({ params: { quality: 1 } }));
attempt('brotli twice', () => zlib.createBrotliCompress({ params: { 1: 1, '01': 2 } }));
attempt('brotli value', () => zlib.createBrotliCompress({ params: { [c.BROTLI_PARAM_QUALITY]: 'x' } }));
attempt('brotli bool', () => zlib.createBrotliCompress({ params: { [c.BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING]: 42 } }));
attempt('brotli quality', () => zlib.createBrotliCompress({ params: { [c.BROTLI_PARAM_QUALITY]: 100 } }));
attempt('brotli flush', () => zlib.createBrotliCompress({ flush: 4 }));
attempt('brotli decoder', () => zlib.createBrotliDecompress({ params: { 2: 5 } }));
attempt('zstd key', () => zlib.createZstdCompress({ params: { 1000: 1 } }));
attempt('zstd unknown', () => zlib.createZstdCompress({ params: { 99: 1 } }));
attempt('zstd value', () => zlib.createZstdCompress({ params: { [c.ZSTD_c_compressionLevel]: 'x' } }));
attempt('zstd level', () => zlib.createZstdCompress({ params: { [c.ZSTD_c_compressionLevel]: 1000 } }));
attempt('zstd window', () => zlib.createZstdCompress({ params: { [c.ZSTD_c_windowLog]: 1000 } }));
attempt('zstd decoder', () => zlib.createZstdDecompress({ params: { 101: 1 } }));
attempt('zstd decoder window', () => zlib.createZstdDecompress({ params: { [c.ZSTD_d_windowLogMax]: 99 } }));
attempt('zstd flush', () => zlib.createZstdCompress({ flush: 3 }));
for (const v of [undefined, null, 5, {}, []]) attempt('input', () => zlib.gzipSync(v));
attempt('uint16', () => zlib.gunzipSync(zlib.gzipSync(new Uint16Array([1, 2]))));
attempt('arraybuffer', () => zlib.gunzipSync(zlib.gzipSync(new ArrayBuffer(3))));
attempt('dataview', () => zlib.gunzipSync(zlib.gzipSync(new DataView(new ArrayBuffer(3), 1))));
attempt('no callback', () => zlib.gzip('a'));
attempt('no callback', () => zlib.gzip('a', {}));
attempt('bad callback', () => zlib.gzip('a', {}, 5));
attempt('bad chunk', () => zlib.gzip(5, () => {}));
attempt('bad level', () => zlib.gzip('a', { level: 99 }, () => {}));
attempt('crc32', () => [zlib.crc32('hello'), zlib.crc32(Buffer.from('lo'), zlib.crc32('hel')), zlib.crc32(''), zlib.crc32(new Uint16Array(2))]);
for (const a of [[5], ['a', 'b'], ['a', -1], ['a', 2 ** 32], ['a', 1.5], [new ArrayBuffer(2)]]) attempt('crc32', () => zlib.crc32(...a));
attempt('params', () => zlib.createGzip().params(10));
attempt('params', () => zlib.createGzip().params(1, 7));
attempt('flush', () => zlib.createGzip().flush('a'));
attempt('maxOutputLength', () => zlib.gunzipSync(zlib.gzipSync('a'.repeat(1000)), { maxOutputLength: 64 }));
attempt('reset', () => { const z = zlib.createGzip(); z.close(); z.reset(); });
attempt('constants', () => { 'use strict'; zlib.codes.Z_OK = 1; });
console.log(Object.keys(zlib).join());
console.log(Object.entries(Object.getOwnPropertyDescriptors(zlib)).map(([k, d]) => k + Number(d.enumerable) + Number(d.writable) + Number(d.configurable)).join());
console.log(Object.keys(zlib).filter((k) => typeof zlib[k] === 'function').map((k) => k + zlib[k].length + zlib[k].name).join());
console.log(zlib.codes, c);
for (const k of ['Deflate', 'BrotliCompress', 'ZstdCompress']) {
  const names = [];
  for (let p = zlib[k].prototype; p.constructor !== require('stream').Transform; p = Object.getPrototypeOf(p)) {
    names.push(p.constructor.name, Object.keys(p).sort());
  }
  console.log(names);
}
const g = zlib.createGzip({ level: 3, strategy: 1, chunkSize: 100, flush: 2, finishFlush: 3, info: true });
console.log(g._level, g._strategy, g._mode, g._chunkSize, g._defaultFlushFlag, g._finishFlushFlag, g._defaultFullFlushFlag, g._info, g._maxOutputLength,
  g._outOffset, g._outBuffer.length, g.bytesWritten, g._closed, g instanceof zlib.Gzip, g instanceof require('stream').Transform);
console.log(g._handle.constructor.name, zlib.createBrotliCompress()._handle.constructor.name, zlib.createZstdDecompress()._handle.constructor.name);
