require('http').createServer(function (request, response) {
  var body = 'hello world';
  response.writeHead(200, {
    'Content-Length': body.length,
    'Content-Type': 'text/plain' });
  response.end(body);
}).listen(3000);
