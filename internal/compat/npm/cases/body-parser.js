'use strict';
const zlib = require('zlib');
const { listen, request, show, run } = require('./lib');
const bodyParser = require('body-parser');
run(async () => {
  const parsers = {
    '/json': bodyParser.json({ limit: '1kb', strict: true, reviver: (k, v) => (typeof v === 'number' ? v * 2 : v) }),
    '/loose': bodyParser.json({ strict: false, type: 'application/*+json' }),
    '/form': bodyParser.urlencoded({ extended: true, parameterLimit: 5 }),
    '/simple': bodyParser.urlencoded({ extended: false }),
    '/text': bodyParser.text({ defaultCharset: 'utf-8' }),
    '/raw': bodyParser.raw({ type: () => true, inflate: true }),
    '/verify': bodyParser.json({ verify: (req, res, buf) => { if (buf[0] === 0x5b) throw new Error('no arrays'); } }),
    '/noinflate': bodyParser.json({ inflate: false }),
  };
  const s = await listen((req, res) => {
    parsers[req.url](req, res, (err) => {
      res.statusCode = err ? err.status || 500 : 200;
      res.end(JSON.stringify(err ? { type: err.type, message: err.message, expose: err.expose, limit: err.limit, length: err.length, body: err.body } : Buffer.isBuffer(req.body) ? { buffer: req.body.toString('latin1') } : { body: req.body }));
    });
  });
  const post = (path, type, body, headers, parts) => request(s.port, path, { method: 'POST', body, parts, headers: { 'content-type': type, ...headers } });
  const json = 'application/json';
  show('json', await post('/json', json, '{"a":1,"b":[2,"x"],"é":"ü"}'));
  show('chunks', await post('/json', json, undefined, {}, ['{"a"', ':', '1}']));
  show('empty', await post('/json', json, ''));
  show('strict', await post('/json', json, '5'));
  show('syntax', await post('/json', json, '{"a":1,}'));
  show('limit', await post('/json', json, JSON.stringify('x'.repeat(2000))));
  show('charset', await post('/json', json + '; charset=x-unknown', '{}'));
  show('utf16', await post('/json', json + '; charset=utf-16le', Buffer.from('{"a":"ü"}', 'utf16le')));
  show('other type', await post('/json', 'text/plain', '{}'));
  show('loose', await post('/loose', 'application/vnd.api+json', '"text"'));
  show('form', await post('/form', 'application/x-www-form-urlencoded', 'a=1&b[c]=2&b[d][]=3&e=%26'));
  show('many', await post('/form', 'application/x-www-form-urlencoded', 'a&b&c&d&e&f'));
  show('simple', await post('/simple', 'application/x-www-form-urlencoded', 'a=1&a=2&b[c]=+x+'));
  show('text', await post('/text', 'text/plain', 'grüße'));
  show('raw', await post('/raw', 'image/png', Buffer.from([1, 2, 255])));
  for (const [encoding, f] of [['gzip', zlib.gzipSync], ['deflate', zlib.deflateSync], ['br', zlib.brotliCompressSync]]) {
    show(encoding, await post('/json', json, f('{"packed":21}'), { 'content-encoding': encoding }));
    show('bad ' + encoding, await post('/json', json, Buffer.from('{"no":"data"}'), { 'content-encoding': encoding }));
  }
  show('bomb', await post('/json', json, zlib.gzipSync(Buffer.alloc(100000, 32)), { 'content-encoding': 'gzip' }));
  show('encoding', await post('/json', json, '{}', { 'content-encoding': 'rot13' }));
  show('no inflate', await post('/noinflate', json, zlib.gzipSync('{}'), { 'content-encoding': 'gzip' }));
  show('verify', await post('/verify', json, '[1]'));
  await s.close();
});
