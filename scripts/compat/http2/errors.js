// How streams and sessions fail, on both sides.
const http2 = require('http2');
const cases = {
  'server resets': (stream) => stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR),
  'server cancels': (stream) => stream.close(http2.constants.NGHTTP2_CANCEL),
  'server refuses': (stream) => stream.close(http2.constants.NGHTTP2_REFUSED_STREAM),
  'server closes': (stream) => { stream.respond(); stream.close(); },
  'server destroys': (stream) => { stream.respond(); stream.destroy(); },
  'server destroys with an error': (stream) => { stream.respond(); stream.destroy(new Error('mine')); },
  'session destroyed': (stream) => stream.session.destroy(),
  'session destroyed with a code': (stream) => stream.session.destroy(http2.constants.NGHTTP2_ENHANCE_YOUR_CALM),
  'session destroyed with an error': (stream) => stream.session.destroy(new Error('session')),
  'goaway': (stream) => { stream.session.goaway(http2.constants.NGHTTP2_PROTOCOL_ERROR, 0, Buffer.from('why')); },
  'socket destroyed': (stream, socket) => socket.destroy(),
};
const describe = (e) => e && [e.name, e.code, e.message];
async function run(name, f) {
  const client = [];
  const server = [];
  let socket;
  const s = http2.createServer();
  s.on('connection', (c) => socket = c);
  s.on('sessionError', (e) => server.push(['sessionError', ...describe(e)]));
  s.on('session', (x) => x.on('close', () => server.push(['session close'])));
  s.on('stream', (stream) => {
    stream.on('error', (e) => server.push(['error', ...describe(e)]));
    stream.on('aborted', () => server.push(['aborted']));
    stream.on('close', () => server.push(['close', stream.rstCode]));
    f(stream, socket);
  });
  await new Promise((resolve) => s.listen(0, '127.0.0.1', resolve));
  const c = http2.connect(`http://127.0.0.1:${s.address().port}`);
  c.on('error', (e) => client.push(['session error', ...describe(e)]));
  c.on('goaway', (code, last, data) => client.push(['goaway', code, last, data && data.toString()]));
  const closed = new Promise((resolve) => c.on('close', resolve));
  const req = c.request({ ':method': 'POST' });
  req.on('response', () => client.push(['response']));
  req.on('aborted', () => client.push(['aborted']));
  req.on('error', (e) => client.push(['error', ...describe(e)]));
  req.on('end', () => client.push(['end']));
  req.resume();
  await new Promise((resolve) => req.on('close', resolve));
  client.push(['close', req.rstCode, req.aborted]);
  c.close();
  await closed;
  await new Promise((resolve) => s.close(resolve));
  console.log(name);
  for (const x of client) console.log('  client', x.join(' '));
  for (const x of server) console.log('  server', x.join(' '));
}
(async () => {
  for (const [name, f] of Object.entries(cases)) await run(name, f);
})();
