// One request with a chunked body and trailers, cut at every byte, and fed a byte at a time.
'use strict';

const http = require('http');
const { Duplex } = require('stream');

const message = 'POST /path?q HTTP/1.1\r\nHost: a\r\nX-Long: some value\r\nTransfer-Encoding: chunked\r\n' +
                'Connection: close\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nX-Trailer: t\r\n\r\n';

const server = http.createServer((req, res) => {
  let body = '';
  req.on('data', (chunk) => { body += chunk; });
  req.on('end', () => {
    res.sendDate = false;
    res.end(JSON.stringify([req.method, req.url, req.rawHeaders, body, req.rawTrailers, req.complete]));
  });
});
server.on('clientError', (err) => console.log('clientError', err.code));

function exchange(pieces, done) {
  let answer = '';
  const socket = new Duplex({
    read() {},
    write(chunk, encoding, callback) { answer += chunk; callback(); },
    final(callback) { callback(); done(answer); },
  });
  server.emit('connection', socket);
  for (const piece of pieces) socket.push(piece);
}

const answers = new Map();
const note = (answer) => answers.set(answer, (answers.get(answer) || 0) + 1);
for (let cut = 1; cut < message.length; cut++) exchange([message.slice(0, cut), message.slice(cut)], note);
exchange(message.split(''), note);

process.on('exit', () => {
  for (const [answer, count] of answers) console.log(count, JSON.stringify(answer));
});
