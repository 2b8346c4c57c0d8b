// Settings, pings, windows and the state of a session.
const http2 = require('http2');
const server = http2.createServer({ settings: { maxConcurrentStreams: 50, initialWindowSize: 70000, customSettings: { 9000: 7 } } });
server.on('session', (s) => {
  s.on('remoteSettings', (x) => console.log('server remote', x.headerTableSize, x.enablePush, x.customSettings));
  s.on('localSettings', (x) => console.log('server local', x.maxConcurrentStreams, x.initialWindowSize, x.customSettings));
  s.on('ping', (p) => console.log('server ping', p.toString()));
});
server.on('stream', (stream) => {
  stream.respond();
  stream.end();
});
server.listen(0, '127.0.0.1', () => {
  const client = http2.connect(`http://127.0.0.1:${server.address().port}`, { remoteCustomSettings: [9000], settings: { enablePush: false } });
  console.log(client.pendingSettingsAck, client.remoteSettings);
  client.once('remoteSettings', (x) => {
    console.log('client remote', x);
    console.log(client.remoteSettings === client.remoteSettings, client.pendingSettingsAck);
  });
  client.on('connect', () => {
    const state = client.state;
    console.log(Object.keys(state), state.nextStreamID, state.remoteWindowSize, state.localWindowSize);
    client.setNextStreamID(11);
    client.setLocalWindowSize(2 ** 20);
    console.log(client.state.nextStreamID, client.state.effectiveLocalWindowSize, client.state.localWindowSize);
    console.log(client.ping(Buffer.from('12345678'), (err, duration, payload) => {
      console.log('ping', err, typeof duration, payload.toString());
      client.settings({ headerTableSize: 8192 }, (err, settings, duration) => {
        console.log('settings', err, settings.headerTableSize, settings.enablePush, typeof duration, client.pendingSettingsAck);
        const req = client.request();
        console.log(req.id, Object.keys(req.state), req.state.state, req.state.localClose, req.state.remoteClose, req.state.localWindowSize);
        req.resume().on('close', () => {
          client.close();
          server.close();
          client.ping((err) => console.log('late ping', err.code, err.message));
        });
      });
    }));
  });
});
