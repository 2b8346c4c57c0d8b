'use strict';
const zlib = require('zlib');
const { listen, request, run } = require('./lib');
const compression = require('compression');
const express = require('express');
run(async () => {
  const app = express();
  const text = 'all work and no play makes a dull boy. '.repeat(100);
  app.use(compression({ threshold: 100, filter: (req, res) => !req.headers['x-no'] && compression.filter(req, res) }));
  app.get('/text', (req, res) => res.send(text));
  app.get('/small', (req, res) => res.send('small'));
  app.get('/image', (req, res) => res.type('png').send(Buffer.alloc(500)));
  app.get('/transform', (req, res) => res.set('cache-control', 'no-transform').send(text));
  app.get('/stream', async (req, res) => {
    res.type('txt');
    for (const word of ['one ', 'two ', 'three ']) { res.write(word.repeat(50)); res.flush(); await new Promise((r) => setTimeout(r, 5)); }
    res.end('done');
  });
  app.get('/big', (req, res) => { res.type('txt'); let n = 0; (function more() { while (n++ < 200) if (!res.write(text)) return res.once('drain', more); res.end(); })(); });
  const s = await listen(app);
  const un = { gzip: zlib.gunzipSync, deflate: zlib.inflateSync, br: zlib.brotliDecompressSync };
  for (const path of ['/text', '/small', '/image', '/transform', '/stream', '/big']) {
    for (const accept of ['gzip', 'deflate', 'br', 'gzip;q=0.5, br;q=1', 'identity', '*']) {
      const r = await request(s.port, path, { headers: { 'accept-encoding': accept } });
      const e = r.headers['content-encoding'];
      const plain = e ? un[e](r.raw) : r.raw;
      console.log(path, accept, e, r.headers.vary, r.headers['content-length'], r.headers.etag, plain.length, e === 'br' || path === '/big' ? '' : r.raw.length);
    }
  }
  const head = await request(s.port, '/text', { method: 'HEAD', headers: { 'accept-encoding': 'gzip' } });
  console.log('head', head.headers['content-encoding'], head.raw.length);
  const no = await request(s.port, '/text', { headers: { 'accept-encoding': 'gzip', 'x-no': '1' } });
  console.log('filter', no.headers['content-encoding'], no.text.length);
  await s.close();
});
