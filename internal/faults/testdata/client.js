// The client under attack. argv[2] is the server's port, argv[3] what to do. It
// says "ready", does it once there is input, tells what came of it on one line,
// and ends with its input.
'use strict';
const http = require('http');
const [, , port, what] = process.argv;

const tell = (text) => console.log(text);
const get = (options, on) => http.get({ port, host: '127.0.0.1', ...options }, on).on('error', (e) => tell(e.code));

const tasks = {
  // Reads the answer only after a while.
  paused() {
    get({ agent: false }, (res) => {
      setTimeout(() => {
        let n = 0;
        res.on('data', (d) => { n += d.length; }).on('end', () => tell(String(n)));
      }, 1500);
    });
  },
  // Counts informational answers.
  informational() {
    let n = 0;
    get({ agent: false }, (res) => res.resume().on('end', () => tell(`${n} ${res.statusCode}`)))
      .on('information', () => { n++; });
  },
  // Two requests over one connection, with time for the server between them.
  pool() {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const body = (path) => new Promise((resolve) => {
      http.get({ port, host: '127.0.0.1', agent, path }, (res) => {
        let text = '';
        res.setEncoding('utf8').on('data', (d) => { text += d; }).on('end', () => resolve(text)).on('error', (e) => resolve(e.code));
      }).on('error', (e) => resolve(e.code));
    });
    body('/first').then((first) => setTimeout(() => body('/second').then((second) => {
      tell(`${first}, ${second}`);
      agent.destroy();
    }), 200));
  },
};

console.log('ready');
process.stdin.once('data', () => tasks[what]());
process.stdin.on('end', () => process.exit(0));
