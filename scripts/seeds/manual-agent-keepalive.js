var options = { hostname: 'localhost', port: 80, path: '/' };
function onResponseCallback(res) {
  console.log(res.statusCode, res.req.shouldKeepAlive);
  res.resume();
}

var http = require('http');
var keepAliveAgent = new http.Agent({ keepAlive: true });
options.agent = keepAliveAgent;
http.request(options, onResponseCallback).end();
