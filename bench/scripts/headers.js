// Reads ten headers, sets ten, answers with JSON.
'use strict';

const http = require('http');

const names = ['host', 'user-agent', 'accept', 'accept-encoding', 'accept-language', 'cache-control', 'cookie', 'referer', 'authorization', 'x-request-id'];

const server = http.createServer((req, res) => {
  const seen = {};
  for (const name of names) seen[name] = req.headers[name];
  res.setHeader('Content-Type', 'application/json');
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('ETag', '"abcdef0123456789"');
  res.setHeader('Vary', 'Accept-Encoding');
  res.setHeader('X-Frame-Options', 'DENY');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Referrer-Policy', 'no-referrer');
  res.setHeader('Strict-Transport-Security', 'max-age=31536000');
  res.setHeader('X-Request-Id', seen['x-request-id']);
  res.setHeader('Set-Cookie', ['a=1; Path=/', 'b=2; Path=/']);
  res.end(JSON.stringify(seen));
});
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
