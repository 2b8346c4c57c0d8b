// A client with a keep-alive agent: 64 requests under way until DURATION ms have
// passed; TARGET is the server's port. Prints "begin" when it is warm and "end N"
// with the requests since, and stays until it is ended.
'use strict';

const http = require('http');

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
const options = { host: '127.0.0.1', port: Number(process.env.TARGET), path: '/', agent };
const duration = Number(process.env.DURATION);
const warm = Number(process.env.WARM);

let count = 0;
let counting = true;

function ask() {
  http.get(options, (res) => {
    res.on('data', () => {});
    res.on('end', () => {
      count++;
      if (counting) ask();
    });
  });
}
for (let i = 0; i < 64; i++) ask();

setTimeout(() => {
  count = 0;
  console.log('begin');
  setTimeout(() => {
    counting = false;
    console.log(`end ${count}`);
    setInterval(() => {}, 1000);
  }, duration);
}, warm);
