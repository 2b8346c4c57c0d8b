const http = require('http');
http.createServer((req , res)=>{
console.log('request here.');
let data = '';
req.on('data',(chunk)=>{
data += chunk;
});
req.on('end',()=>{
console.log('data:',data);
});
}).listen(3000,'127.0.0.1');
