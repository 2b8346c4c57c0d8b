// Header names, values, order, sensitive ones, and lists of names and values.
const http2 = require('http2');
const server = http2.createServer();
server.on('stream', (stream, headers, flags, raw) => {
  console.log(headers[http2.sensitiveHeaders], Object.keys(headers).filter((k) => k !== ':authority'));
  console.log(headers.cookie, headers['set-cookie'], headers['x-multi'], headers['x-num'], headers['x-empty'], headers.age, headers.authorization, headers['x-latin']);
  console.log(raw.filter((x, i) => i % 2 === 0));
  if (headers[':path'] === '/raw') {
    stream.respond([':status', 200, 'x-a', '1', 'X-A', '2', 'set-cookie', 'q', 'set-cookie', 'r']);
    console.log(stream.sentHeaders['x-a'], stream.sentHeaders['X-A'], stream.sentHeaders['set-cookie']);
  } else {
    stream.respond({ 'set-cookie': ['a', 'b'], 'X-Mixed': 'Case', 'x-undefined': undefined, 'x-null': null, 'x-list': [], 'x-one': ['single'], secret: 's',
      [http2.sensitiveHeaders]: ['secret'] });
    console.log(Object.keys(stream.sentHeaders), stream.sentHeaders[http2.sensitiveHeaders]);
  }
  stream.end();
});
server.listen(0, '127.0.0.1', async () => {
  const client = http2.connect(`http://127.0.0.1:${server.address().port}`);
  const go = (headers) => new Promise((resolve) => {
    const req = client.request(headers);
    console.log(Object.keys(req.sentHeaders));
    req.on('response', (h, flags, raw) => {
      delete h.date;
      console.log(h, raw && raw.filter((x, i) => i % 2 === 0));
    });
    req.resume().on('close', resolve);
  });
  await go({ 'x-multi': ['1', '2'], 'Cookie': ['a=b', 'c=d'], 'x-num': 5, 'x-empty': '', 'age': '1', 'authorization': 'secret', 'x-latin': 'caf\u00e9',
    'hidden': 'h', [http2.sensitiveHeaders]: ['hidden'] });
  await go([':path', '/raw', 'x-multi', '1', 'X-Multi', '2', 'cookie', 'a=b; c=d; e=ffffffffffffffffff']);
  client.close();
  server.close();
});
