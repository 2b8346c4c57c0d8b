// What the module refuses, with codes and messages.
const http2 = require('http2');
const attempt = (name, f) => {
  try {
    console.log(name, f());
  } catch (e) {
    console.log(name, e.name, e.code, e.message);
  }
};
for (const v of [1, 'x', null, [], true]) {
  attempt('createServer', () => http2.createServer(v).constructor.name);
  attempt('connect options', () => http2.connect('http://localhost', v));
}
attempt('settings', () => http2.createServer({ settings: 1 }));
attempt('custom', () => http2.createServer({ remoteCustomSettings: 1 }));
attempt('custom', () => http2.createServer({ remoteCustomSettings: Array(11).fill(1) }));
for (const name of ['maxSessionInvalidFrames', 'maxSessionRejectedStreams', 'unknownProtocolTimeout']) {
  for (const v of ['x', -1, 1.5, 2 ** 32]) attempt(name, () => http2.createServer({ [name]: v }));
}
attempt('authority', () => http2.connect(1));
attempt('authority', () => http2.connect('nothing'));
attempt('protocol', () => http2.connect('ftp://localhost'));
attempt('protocol', () => http2.connect({ protocol: 'x:' }));
for (const v of [1, null, 'x', []]) attempt('packed', () => http2.getPackedSettings(v));
for (const [k, v] of Object.entries({ headerTableSize: -1, initialWindowSize: 2 ** 32, maxFrameSize: 1, maxConcurrentStreams: 'x', maxHeaderListSize: -1,
  maxHeaderSize: NaN, enablePush: 1, enableConnectProtocol: 'x' })) attempt(k, () => http2.getPackedSettings({ [k]: v }).toString('hex'));
attempt('customSettings', () => http2.getPackedSettings({ customSettings: { 9999: 301 } }).toString('hex'));
attempt('customSettings', () => http2.getPackedSettings({ customSettings: { 70000: 1 } }));
attempt('customSettings', () => http2.getPackedSettings({ customSettings: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [i + 20, 1])) }));
attempt('packed', () => http2.getPackedSettings({ headerTableSize: 1, enablePush: false, initialWindowSize: 2, maxFrameSize: 16384, maxConcurrentStreams: 4,
  maxHeaderListSize: 5, enableConnectProtocol: true }).toString('hex'));
for (const v of [1, 'x', null, Buffer.alloc(5), {}, new ArrayBuffer(6)]) attempt('unpacked', () => http2.getUnpackedSettings(v));
attempt('unpacked', () => http2.getUnpackedSettings(Buffer.from('000100001000000200000001000400000064000500004000000300000005000600000100000800000001270f0000012d', 'hex')));
attempt('unpacked', () => http2.getUnpackedSettings(Buffer.from('000500000001', 'hex'), { validate: true }));
attempt('defaults', () => http2.getDefaultSettings());

const server = http2.createServer();
server.on('stream', (stream) => {
  for (const h of [1, 'x', null, { ':path': '/' }, { ':status': 99 }, { ':status': 600 }, { 'connection': 'close' }, { 'te': 'x' },
    { 'a b': 'c' }, { 'content-length': ['1', '2'] }, { 'Date': 'a', 'date': 'b' }, { [http2.sensitiveHeaders]: 1 }]) {
    attempt('respond', () => stream.respond(h));
  }
  attempt('respond', () => stream.respond({}, 1));
  attempt('additional', () => stream.additionalHeaders({ ':status': 101 }));
  attempt('additional', () => stream.additionalHeaders({ ':status': 200 }));
  attempt('additional', () => stream.additionalHeaders(1));
  attempt('trailers', () => stream.sendTrailers({}));
  attempt('push', () => stream.pushStream({}, {}));
  attempt('push', () => stream.pushStream(1, () => {}));
  for (const o of [{ offset: 'x' }, { length: 'x' }, { statCheck: 1 }]) {
    attempt('file', () => stream.respondWithFile('x', {}, o));
    attempt('fd', () => stream.respondWithFD(1, {}, o));
  }
  attempt('fd', () => stream.respondWithFD('x'));
  attempt('file', () => stream.respondWithFile('x', { ':status': 204 }));
  attempt('close', () => stream.close('x'));
  attempt('close', () => stream.close(-1));
  attempt('close', () => stream.close(0, 1));
  attempt('timeout', () => stream.setTimeout('x'));
  attempt('timeout', () => stream.setTimeout(1, 1));
  stream.respond();
  attempt('respond', () => stream.respond());
  attempt('additional', () => stream.additionalHeaders({}));
  attempt('file', () => stream.respondWithFile('x'));
  stream.end();
  const { session } = stream;
  attempt('altsvc', () => session.altsvc('h2=":8000"', 0));
  attempt('altsvc', () => session.altsvc('h2=":8000"', 'blob:x'));
  attempt('altsvc', () => session.altsvc('h2=":8000"', {}));
  attempt('altsvc', () => session.altsvc('\u0001', 1));
  attempt('altsvc', () => session.altsvc(1, 1));
  attempt('altsvc', () => session.altsvc('x'.repeat(16383), 1));
  attempt('origin', () => session.origin(1));
  attempt('origin', () => session.origin('blob:x'));
  attempt('origin', () => session.origin(`https://${'x'.repeat(100)}.com`, ...Array(200).fill(`https://${'y'.repeat(100)}.com`)));
});
server.listen(0, '127.0.0.1', () => {
  const client = http2.connect(`http://127.0.0.1:${server.address().port}`);
  client.on('connect', () => {
    for (const h of [1, 'x', null, { ':method': 'CONNECT' }, { ':method': 'CONNECT', ':authority': 'a', ':path': '/' },
      { ':method': 'CONNECT', ':authority': 'a', ':scheme': 'x' }, { ':status': 1 }, { ':nothing': 1 }, { connection: 'x' }]) {
      attempt('request', () => client.request(h).on('error', () => {}).id);
    }
    for (const o of [1, null, { endStream: 1 }, { parent: 'x' }, { exclusive: 1 }, { silent: 1 }]) attempt('request options', () => client.request({}, o).id);
    for (const v of [1, 'x', Buffer.alloc(7)]) attempt('ping', () => client.ping(v, () => {}));
    attempt('ping', () => client.ping());
    attempt('settings', () => client.settings(1));
    attempt('settings', () => client.settings({ maxFrameSize: 1 }));
    attempt('settings', () => client.settings({}, 1));
    for (const a of [['x'], [1, 'x'], [1, 1, 'x']]) attempt('goaway', () => client.goaway(...a));
    for (const v of ['x', 0, -1, 2 ** 32]) attempt('setNextStreamID', () => client.setNextStreamID(v));
    for (const v of ['x', -1, 2 ** 31, 1.5]) attempt('setLocalWindowSize', () => client.setLocalWindowSize(v));
    attempt('timeout', () => client.setTimeout('x'));
    for (const p of ['destroy', 'emit', 'end', 'pause', 'read', 'resume', 'write', 'setEncoding', 'setKeepAlive', 'setNoDelay']) {
      attempt(p, () => client.socket[p]);
      attempt(p, () => client.socket[p] = 1);
    }
    const req = client.request();
    req.resume();
    req.on('close', () => {
      attempt('closed', () => req.sendTrailers({}));
      attempt('closed', () => req.close());
      client.destroy();
      for (const m of ['request', 'ping', 'settings', 'goaway', 'setNextStreamID', 'setLocalWindowSize']) attempt(m, () => client[m]());
      attempt('after', () => [client.close(), client.destroy(), client.state, client.localSettings, client.originSet]);
      server.close();
    });
  });
});
