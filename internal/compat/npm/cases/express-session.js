'use strict';
const { listen, request, show, run } = require('./lib');
const session = require('express-session');
const express = require('express');
run(async () => {
  const app = express();
  const store = new session.MemoryStore();
  let n = 0;
  app.use(session({ secret: ['s1', 's2'], resave: false, saveUninitialized: false, store, name: 'sid', genid: () => 'id' + ++n, cookie: { maxAge: 60000, sameSite: 'lax' }, rolling: true }));
  app.get('/', (req, res) => res.json({ id: req.sessionID, views: req.session.views, age: req.session.cookie.originalMaxAge }));
  app.get('/view', (req, res) => { req.session.views = (req.session.views || 0) + 1; res.send(String(req.session.views)); });
  app.get('/regenerate', (req, res) => req.session.regenerate(() => { req.session.fresh = true; res.send(req.sessionID); }));
  app.get('/destroy', (req, res) => req.session.destroy((e) => res.send('gone ' + (e || '') + req.session)));
  app.get('/save', (req, res) => { req.session.a = 1; req.session.save((e) => res.send('saved ' + e)); });
  app.get('/touch', (req, res) => { req.session.touch(); res.write('st'); res.end('ream'); });
  const s = await listen(app);
  let cookie;
  const get = async (p) => {
    const r = await request(s.port, p, { headers: cookie ? { cookie } : {} });
    const set = r.headers['set-cookie'];
    if (set) { cookie = set[0].split(';')[0]; console.log(set[0].replace(/Expires=[^;]+/, 'Expires=…')); }
    show(p, r);
  };
  for (const p of ['/', '/view', '/view', '/', '/save', '/touch', '/regenerate', '/view', '/destroy', '/', '/view']) await get(p);
  console.log(Object.keys(store.sessions));
  cookie = 'sid=s%3Aid2.forged';
  await get('/');
  store.get = (id, cb) => cb(new Error('store is down'));
  cookie = 'sid=' + encodeURIComponent('s:id2.' + require('crypto').createHmac('sha256', 's1').update('id2').digest('base64').replace(/=+$/, ''));
  const r = await request(s.port, '/', { headers: { cookie } });
  console.log(r.status, r.text.includes('store is down'));
  await s.close();
});
