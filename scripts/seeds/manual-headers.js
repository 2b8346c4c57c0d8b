require('http').createServer(function (request, response) {
  // Prints something like:
  //
  // { 'user-agent': 'curl/7.22.0',
  //   host: '127.0.0.1:8000',
  //   accept: '*/*' }
  console.log(request.headers);

  // Prints something like:
  //
  // [ 'user-agent',
  //   'this is invalid because there can be only one',
  //   'User-Agent',
  //   'curl/7.22.0',
  //   'Host',
  //   '127.0.0.1:8000',
  //   'ACCEPT',
  //   '*/*' ]
  console.log(request.rawHeaders);
  response.end();
}).listen(3000);
