// How a client ends a request: signals, close, destroy, before and after the connection.
const http2 = require('http2');
const ways = {
  'signal, aborted': () => [{ signal: AbortSignal.abort() }, () => {}],
  'signal': () => {
    const c = new AbortController();
    return [{ signal: c.signal }, () => c.abort()];
  },
  'close': () => [{}, (req) => req.close()],
  'close with a code': () => [{}, (req) => req.close(http2.constants.NGHTTP2_CANCEL)],
  'destroy': () => [{}, (req) => req.destroy()],
  'destroy with an error': () => [{}, (req) => req.destroy(new Error('mine'))],
};
const describe = (e) => e && [e.name, e.code, e.message].join(' ');
async function run(name, way, early) {
  const server = http2.createServer();
  const heard = [];
  let served;
  const arrived = new Promise((resolve) => served = resolve);
  server.on('stream', (stream) => {
    stream.on('error', (e) => heard.push(`server error ${describe(e)}`)).on('aborted', () => heard.push('server aborted'));
    stream.on('close', () => heard.push(`server close ${stream.rstCode}`));
    stream.resume();
    served();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = http2.connect(`http://127.0.0.1:${server.address().port}`);
  const [options, act] = way();
  const req = client.request({ ':method': 'POST' }, options);
  req.on('error', (e) => heard.push(`client error ${describe(e)}`)).on('aborted', () => heard.push('client aborted'));
  const closed = new Promise((resolve) => req.on('close', resolve));
  if (early) act(req);
  else {
    if (!options.signal?.aborted) await arrived;
    act(req);
  }
  await closed;
  heard.push(`client close ${req.rstCode} ${req.destroyed} ${req.closed} ${req.aborted}`);
  await new Promise((resolve) => client.close(resolve));
  await new Promise((resolve) => server.close(resolve));
  console.log(name, early ? 'before the connection' : 'later');
  for (const x of heard.filter((h) => h.startsWith('client')).concat(heard.filter((h) => h.startsWith('server')))) console.log(' ', x);
}
(async () => {
  for (const [name, way] of Object.entries(ways)) {
    await run(name, way, false);
    await run(name, way, true);
  }
})();
