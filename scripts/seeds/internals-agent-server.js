let i =0;
const net = require('net');
net.createServer((socket) => {
  console.log(++i);
}).listen(10000);
