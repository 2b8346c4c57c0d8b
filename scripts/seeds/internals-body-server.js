const http = require('http');
const server = http.createServer((request, response) => {
  request.on('data', (chunk) => {
   // 处理body
   console.log(chunk.toString());
  });
  request.on('end', () => {
   // body结束
   console.log('end');
  });
})
server.listen(3000);
