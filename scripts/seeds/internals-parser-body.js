var HTTPParser = process.binding('http_parser').HTTPParser;
var parser = new HTTPParser(HTTPParser.REQUEST);

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
parser[kOnExecute] = function() {
    console.log('kOnExecute');
}

parser.execute(Buffer.from(
    'GET / HTTP/1.1\r\n' +
    'Host: http://localhost\r\n' +
    'content-length: 1\r\n\r\n'+
    '1'
));
