const http = require('http');
const querystring = require('querystring');
const data = querystring.stringify({
  'msg': 'hi'
});

const options = {
  hostname: 'your domain',
  path: '/',
  method: 'POST',
  headers: {
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': Buffer.byteLength(data)
  }
};

const req = http.request(options, (res) => {
  res.setEncoding('utf8');
  res.on('data', (chunk) => {
    console.log(`${chunk}`);
  });
  res.on('end', () => {
    console.log('end');
  });
});

req.on('error', (e) => {
  console.error(`${e.message}`);
});
// 发送请求的数据
req.write(data);
// 设置请求结束
req.end();
