// Collects a JSON body of 1 kB, parses it, answers with JSON.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => {
    const order = JSON.parse(Buffer.concat(chunks).toString());
    let total = 0;
    for (const item of order.items) total += item.price * item.count;
    const answer = JSON.stringify({ id: order.id, total, items: order.items.length });
    res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(answer) });
    res.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
