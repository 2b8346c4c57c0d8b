var http = require('http');

http.get({
  hostname: 'localhost',
  port: 80,
  path: '/',
  agent: false  // create a new agent just for this one request
}, function (res) {
  // Do stuff with response
  console.log(res.statusCode, res.req.shouldKeepAlive, res.req.agent === http.globalAgent);
  res.resume();
})
