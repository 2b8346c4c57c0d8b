const http = require('http');
const agent = new http.Agent();
http. request('http://domain', { agent }, (res) => {
    // 解析body
    res.on('data', (data) => {
      //
      console.log(data.toString());
    });
     // 解析body结束，响应结束
     res.on('end', (data) => {
      //
      console.log('end', data);
    });
}).end();
