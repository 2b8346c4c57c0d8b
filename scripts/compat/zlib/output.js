// The bytes that zlib's formats make: by level, strategy, window and memory.
const zlib = require('zlib');
let seed = 42;
const random = (n) => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff) % n;
function prose(n) {
  const words = ['the', 'quick', 'brown', 'fox', 'jumps', 'over', 'lazy', 'dog', 'and', 'then', 'returns', 'home', '\n', '<p class="x">', '</p>'];
  let s = '';
  while (s.length < n) s += words[random(words.length)] + ' ';
  return s.slice(0, n);
}
const noise = Buffer.from(Array.from({ length: 5000 }, () => random(256)));
const samples = { empty: '', hello: 'hello', text: prose(120000), noise, runs: 'a'.repeat(3000) + 'b'.repeat(500), mixed: Buffer.concat([Buffer.from(prose(40000)), noise]) };
const sum = (b) => b.length + ':' + zlib.crc32(b).toString(16);
for (const [name, data] of Object.entries(samples)) {
  for (let level = -1; level <= 9; level++) console.log(name, level, sum(zlib.deflateSync(data, { level })), sum(zlib.deflateRawSync(data, { level })));
  for (let strategy = 0; strategy <= 4; strategy++) console.log(name, 'strategy', strategy, sum(zlib.deflateSync(data, { strategy })));
  for (const windowBits of [9, 10, 12]) console.log(name, 'window', windowBits, sum(zlib.deflateSync(data, { windowBits })), sum(zlib.deflateRawSync(data, { windowBits })));
  for (const memLevel of [1, 4, 9]) console.log(name, 'memory', memLevel, sum(zlib.deflateSync(data, { memLevel })));
  console.log(name, 'gzip', sum(zlib.gzipSync(data)), sum(zlib.gzipSync(data, { level: 1 })), sum(zlib.gzipSync(data, { level: 9 })));
  console.log(name, 'dictionary', sum(zlib.deflateSync(data, { dictionary: Buffer.from('the quick brown fox') })), sum(zlib.deflateRawSync(data, { dictionary: Buffer.alloc(40000, 'the lazy dog ') })));
}
console.log(zlib.gzipSync('hello').toString('hex'), zlib.deflateSync('hello hello hello').toString('base64'));
console.log(zlib.brotliCompressSync('hello hello').toString('hex'), zlib.zstdCompressSync('hello').toString('hex'), zlib.zstdCompressSync('').toString('hex'));
const ended = (z) => new Promise((resolve) => z.on('end', resolve));
const text = samples.text;
(async () => {
  // Flushes between writes.
  for (const kind of ['Z_PARTIAL_FLUSH', 'Z_SYNC_FLUSH', 'Z_FULL_FLUSH', 'Z_BLOCK']) {
    for (const level of [0, 1, 6]) {
      const z = zlib.createDeflate({ level });
      const out = [];
      z.on('data', (d) => out.push(d));
      for (let n = 0; n < 5; n++) {
        z.write(text.slice(n * 3000, (n + 1) * 3000));
        await new Promise((resolve) => z.flush(zlib.constants[kind], resolve));
      }
      z.end('the end');
      await ended(z);
      const b = Buffer.concat(out);
      console.log(kind, level, sum(b), zlib.inflateSync(b).length, z.bytesWritten);
    }
  }
  // Changes of level and strategy.
  const steps = [[0, 0], [6, 0], [1, 2], [9, 3], [3, 4], [0, 0], [9, 0], [1, 0], [6, 0]];
  for (let last = 1; last <= steps.length; last++) {
    const z = zlib.createDeflate({ level: 9 });
    const out = [];
    z.on('data', (d) => out.push(d));
    for (let i = 0; i <= last; i++) {
      await new Promise((resolve) => z.write(text.slice(i * 7000, (i + 1) * 7000), resolve));
      if (i < last) await new Promise((resolve) => z.params(...steps[i], resolve));
    }
    z.end();
    await ended(z);
    console.log('params', last, sum(Buffer.concat(out)), zlib.inflateSync(Buffer.concat(out)).length);
  }
})();
