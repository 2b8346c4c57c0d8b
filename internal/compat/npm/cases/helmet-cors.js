'use strict';
const { listen, request, show, run, attempt } = require('./lib');
const helmet = require('helmet');
const cors = require('cors');
const express = require('express');
run(async () => {
  const app = express();
  app.get('/helmet', helmet(), (req, res) => res.send('safe'));
  app.get('/csp', helmet({ contentSecurityPolicy: { directives: { defaultSrc: ["'self'"], scriptSrc: ["'self'", (req, res) => `'nonce-${req.query.n}'`] }, reportOnly: true }, frameguard: { action: 'deny' }, hsts: false }), (req, res) => res.send('csp'));
  app.use('/open', cors(), (req, res) => res.send('open'));
  app.use('/list', cors({ origin: [/\.example\.com$/, 'http://one.test'], credentials: true, exposedHeaders: ['x-a', 'x-b'], maxAge: 60 }), (req, res) => res.send('list'));
  app.use('/func', cors((req, cb) => (req.headers.origin === 'http://bad' ? cb(new Error('blocked')) : cb(null, { origin: true, methods: ['GET'], allowedHeaders: 'x-c', optionsSuccessStatus: 200 }))), (req, res) => res.send('func'));
  app.use((err, req, res, next) => res.status(403).send(err.message));
  const s = await listen(app);
  const told = (name, r) => { const h = r.headers; delete h.etag; console.log(name, r.status, r.text, Object.keys(h).sort().map((k) => k + ': ' + h[k])); };
  told('helmet', await request(s.port, '/helmet'));
  told('csp', await request(s.port, '/csp?n=abc'));
  for (const p of ['/open', '/list', '/func']) {
    for (const origin of ['http://a.example.com', 'http://one.test', 'http://bad']) {
      told(p + ' ' + origin, await request(s.port, p, { headers: { origin } }));
      told('preflight', await request(s.port, p, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-one,x-two' } }));
    }
  }
  await s.close();
  await attempt('bad csp', () => helmet({ contentSecurityPolicy: { directives: { 'default src': ["'self'"] } } }));
  await attempt('bad hsts', () => helmet({ hsts: { maxAge: -1 } }));
});
