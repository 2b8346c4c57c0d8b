var fileData = 'a file';
require('http').createServer(function (request, response) {
  response.writeHead(200, { 'Content-Type': 'text/plain',
                            'Trailer': 'Content-MD5' });
  response.write(fileData);
  response.addTrailers({'Content-MD5': "7895bf4b8828b55ceaf47747b4bca667"});
  response.end();
}).listen(3000);
