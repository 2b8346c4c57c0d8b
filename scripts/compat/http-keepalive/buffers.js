// The guards against the race of keep-alive: the server waits longer than it says
// (keepAliveTimeoutBuffer), the agent less long than it was told
// (agentKeepAliveTimeoutBuffer), and a request that lost the race says that its
// socket was used before, so that a program may send it again.
'use strict';
const http = require('http');
const net = require('net');

const listening = (server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));

async function hints() {
  for (const hint of [undefined, 'timeout=1', 'timeout=2', 'timeout=0', 'timeout=x', 'max=5', 'timeout=2, max=1', 'TIMEOUT=3']) {
    for (const options of [{}, { agentKeepAliveTimeoutBuffer: 500 }, { agentKeepAliveTimeoutBuffer: 0 }, { timeout: 300 }, { agentKeepAliveTimeoutBuffer: -1 }, { agentKeepAliveTimeoutBuffer: 'x' }]) {
      const agent = new http.Agent({ keepAlive: true, ...options });
      const server = net.createServer((c) => {
        c.on('error', () => {});
        c.on('data', () => c.write('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive\r\n' + (hint ? `Keep-Alive: ${hint}\r\n` : '') + '\r\nx'));
      });
      const req = http.get({ port: await listening(server), host: '127.0.0.1', agent }, (res) => res.resume());
      await new Promise((done) => req.on('close', () => setImmediate(done)));
      const free = Object.values(agent.freeSockets).flat();
      console.log(hint, options, agent.agentKeepAliveTimeoutBuffer, free.length, free[0] && free[0].timeout);
      agent.destroy();
      await new Promise((done) => server.close(done));
    }
  }
}

async function reused() {
  const agent = new http.Agent({ keepAlive: true });
  let n = 0;
  const server = http.createServer((req, res) => {
    if (++n === 2) return req.socket.destroy();
    res.end('answer ' + n);
  });
  const port = await listening(server);
  const get = () => new Promise((done) => {
    const req = http.get({ port, host: '127.0.0.1', agent }, (res) => {
      let text = '';
      res.on('data', (d) => { text += d; }).on('end', () => done([text, req.reusedSocket]));
    });
    req.on('error', (err) => done([err.code, err.message, req.reusedSocket]));
  });
  console.log(await get());
  console.log(await get());
  console.log(await get());
  agent.destroy();
  server.close();
}

async function servers() {
  for (const options of [{ keepAliveTimeout: 50 }, { keepAliveTimeout: 50, keepAliveTimeoutBuffer: 400 }, { keepAliveTimeout: 0 }, { keepAliveTimeout: 50, keepAliveTimeoutBuffer: 0 }, { keepAliveTimeoutBuffer: -1 }]) {
    let server;
    try {
      server = http.createServer(options, (req, res) => res.end('x'));
    } catch (err) {
      console.log(options, err.code, err.message);
      continue;
    }
    const c = net.connect(await listening(server), '127.0.0.1');
    c.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    const begin = Date.now();
    let data = '';
    c.on('data', (d) => { data += d; });
    const ended = await Promise.race([
      new Promise((done) => c.on('close', () => done(Date.now() - begin))),
      new Promise((done) => setTimeout(done, 1300, 'open')),
    ]);
    const least = server.keepAliveTimeout + server.keepAliveTimeoutBuffer;
    console.log(options, server.keepAliveTimeout, server.keepAliveTimeoutBuffer, /Keep-Alive: [^\r]*/.exec(data)?.[0],
                ended === 'open' ? ended : ended >= least - 10 && ended < 1300);
    c.destroy();
    server.close();
  }
}

hints().then(reused).then(servers);
