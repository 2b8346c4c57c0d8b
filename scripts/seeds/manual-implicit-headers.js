require('http').createServer(function (request, response) {
  response.statusCode = 404;
  response.statusMessage = 'Not found';
  response.setHeader("Content-Type", "text/html");
  response.setHeader("Set-Cookie", ["type=ninja", "language=javascript"]);
  var contentType = response.getHeader('content-type');
  console.log(contentType);
  response.setHeader("Content-Encoding", "identity");
  response.removeHeader("Content-Encoding");
  response.end();
}).listen(3000);
