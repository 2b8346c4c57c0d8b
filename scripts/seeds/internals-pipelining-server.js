const http = require('http');
http.createServer((req, res) => {
  // 一些网络IO
  res.writeHead(200, { 'Content-Type': 'text/plain' });
  res.end('okay');
}).listen(3000);
