var http = require('http');
var options = { hostname: 'localhost', port: 80, path: '/' };

http.get(options, function(res) {
  // Do stuff
  console.log(res.statusCode, Object.keys(http.globalAgent.sockets));
  res.resume();
}).on("socket", function (socket) {
  console.log(Object.keys(http.globalAgent.sockets));
  socket.emit("agentRemove");
});
