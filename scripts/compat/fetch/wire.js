// fetch: the bytes of its requests.
'use strict';

const net=require('net');
const reqs=[];
const s=net.createServer(c=>{c.on('data',d=>{reqs.push(d.toString());c.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')})}).listen(0,async()=>{
const b=`http://127.0.0.1:${s.address().port}`;
await (await fetch(b+'/a?b#c')).text();
await (await fetch(b,{method:'POST',body:'hello',headers:{'X-A':'b'}})).text();
await (await fetch(b,{method:'POST',body:new ReadableStream({start(c){c.enqueue(new Uint8Array([65,66]));c.enqueue(new Uint8Array([67]));c.close()}}),duplex:'half'})).text();
await (await fetch(b,{method:'POST'})).text();
await (await fetch(b,{method:'DELETE'})).text();
await (await fetch(b,{headers:{Range:'bytes=0-1',Accept:'x/y','User-Agent':'me'}})).text();
await (await fetch(b,{method:'HEAD'})).text();
await (await fetch(b,{keepalive:true,credentials:'include',mode:'no-cors',cache:'no-store',redirect:'error',referrer:'http://x/'})).text();
await (await fetch(b,{method:'PUT',body:new URLSearchParams('a=1')})).text();
for(const r of reqs)console.log(JSON.stringify(r.replace(/127.0.0.1:\d+/g,'H')));
s.close();process.exit()});
