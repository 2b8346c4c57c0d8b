// A reverse proxy by two pipes; TARGET is the origin's port.
'use strict';

const http = require('http');

const agent = new http.Agent({ keepAlive: true, maxSockets: 128 });
const port = Number(process.env.TARGET);

const server = http.createServer((req, res) => {
  const out = http.request({ host: '127.0.0.1', port, agent, method: req.method, path: req.url, headers: req.headers }, (answer) => {
    res.writeHead(answer.statusCode, answer.headers);
    answer.pipe(res);
  });
  out.on('error', (err) => { if (!res.headersSent) res.writeHead(502); res.end(err.code); });
  req.pipe(out);
});
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
