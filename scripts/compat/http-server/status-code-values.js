// What statusCode may be set to: the value stays as it is until the head is sent.
const http = require('http');
const values = ['410', 410.1, undefined, null, 'oops', 99, 1000, '404x', true, NaN, 204];
let i = 0;
const server = http.createServer((req, res) => {
  res.statusCode = values[i];
  console.log(res.statusCode, Object.keys(res).includes('statusCode'));
  try {
    res.end('x');
  } catch (e) {
    console.log(e.name, e.code, e.message);
    res.statusCode = 500;
    res.end('bad');
  }
}).listen(0, '127.0.0.1', async () => {
  for (; i < values.length; i++) {
    await new Promise((resolve) => http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (res) => {
      console.log(res.statusCode, res.statusMessage);
      res.resume().on('end', resolve);
    }));
  }
  server.close();
});
