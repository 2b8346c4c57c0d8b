const http = require('http');
http.createServer((req , res)=>{
console.log('request here.');
}).listen(3000,'127.0.0.1');
