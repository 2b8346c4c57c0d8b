var HTTPParser = process.binding('http_parser').HTTPParser;
var parser = new HTTPParser(HTTPParser.REQUEST);
var net = require('net');

const kOnHeaders = HTTPParser.kOnHeaders;
const kOnHeadersComplete = HTTPParser.kOnHeadersComplete;
const kOnBody = HTTPParser.kOnBody;
const kOnMessageComplete = HTTPParser.kOnMessageComplete;
const kOnExecute = HTTPParser.kOnExecute;

parser[kOnHeaders] = function(headers, url) {
    console.log('kOnHeaders', headers.length, url);
}
parser[kOnHeadersComplete] = function(versionMajor, versionMinor, headers, method,
         url, statusCode, statusMessage, upgrade, shouldKeepAlive) {
    console.log('kOnHeadersComplete', headers);
}

parser[kOnBody] = function(b, start, len) {
    console.log('kOnBody', b.slice(start).toString('utf-8'));
}
parser[kOnMessageComplete] = function() {
    console.log('kOnMessageComplete');
}
parser[kOnExecute] = function(a,b) {
    console.log('kOnExecute,解析的字节数：',a);
}
// 启动一个服务器
net.createServer((socket) => {
  parser.consume(socket._handle);
}).listen(80);

// 启动一个客户端
setTimeout(() => {
  var socket = net.connect({port: 80});
  socket.end('GET / HTTP/1.1\r\n' +
    'Host: http://localhost\r\n' +
    'content-length: 1\r\n\r\n'+
    '1');
}, 1000);
