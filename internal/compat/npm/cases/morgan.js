'use strict';
const { listen, request, run } = require('./lib');
const morgan = require('morgan');
run(async () => {
  const lines = [];
  const stream = { write: (s) => lines.push(s) };
  morgan.token('id', (req) => req.id);
  morgan.format('mine', ':id :method :url :status :res[content-length] :req[x-a] HTTP/:http-version');
  const loggers = [
    morgan('mine', { stream }), morgan('tiny', { stream }), morgan('combined', { stream }), morgan('dev', { stream }), morgan('short', { stream, immediate: true }),
    morgan(':status only errors', { stream, skip: (req, res) => res.statusCode < 400 }),
    morgan((tokens, req, res) => JSON.stringify([tokens.method(req, res), tokens.status(req, res), typeof tokens['response-time'](req, res)]), { stream }),
    morgan(':date[iso] :remote-addr :referrer :user-agent :remote-user :total-time[0]', { stream }),
  ];
  let n = 0;
  const s = await listen((req, res) => {
    req.id = 'r' + ++n;
    let i = 0;
    (function next() {
      if (i < loggers.length) return loggers[i++](req, res, next);
      if (req.url === '/abort') return req.socket.destroy();
      res.statusCode = req.url === '/404' ? 404 : 200;
      res.setHeader('content-length', 5);
      res.end('hello');
    })();
  });
  await request(s.port, '/ok?x=1', { headers: { 'x-a': 'b', 'user-agent': 'case "quoted"', referer: 'http://r/', authorization: 'Basic ' + Buffer.from('user:pass').toString('base64') } });
  await request(s.port, '/404', { method: 'POST', body: 'x' });
  await request(s.port, '/abort').catch((e) => console.log(e.code));
  await new Promise((r) => setTimeout(r, 30));
  await s.close();
  for (const l of lines) console.log(JSON.stringify(l.replace(/[\d.]+ ms/g, 'N ms').replace(/\d\d\/\w+\/\d{4}:[\d:]+ \+0000/, 'CLF').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, 'ISO').replace(/ \d+\n/, ' N\n')));
  try { morgan(); } catch (e) { console.log(e.message); }
  try { morgan.compile(5); } catch (e) { console.log(e.message); }
});
