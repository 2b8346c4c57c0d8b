// Sends a body of 64 kB back by a pipe.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => req.pipe(res));
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
