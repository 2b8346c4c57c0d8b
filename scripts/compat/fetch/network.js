// fetch: redirects, errors and their causes, bodies both ways, aborts, encodings.
'use strict';

const http = require('http');
const zlib = require('zlib');

const t=async(n,f)=>{try{console.log(n,await f())}catch(e){console.log(n,e.name,e.code,e.message,e.cause?('cause:'+(e.cause.name||e.cause.constructor.name)+' '+e.cause.code+' '+e.cause.message):'')}};
const s=http.createServer((q,r)=>{const p=q.url;
 if(p=='/r1'){r.writeHead(302,{location:'/r2'});r.end()}else if(p=='/r2'){r.writeHead(307,{location:'/ok'});r.end()}else if(p=='/loop'){r.writeHead(302,{location:'/loop'});r.end()}
 else if(p=='/noloc'){r.writeHead(302);r.end('x')}else if(p=='/badloc'){r.writeHead(302,{location:'http://'});r.end()}else if(p=='/ftp'){r.writeHead(302,{location:'ftp://x/'});r.end()}
 else if(p=='/destroy'){q.socket.destroy()}else if(p=='/half'){r.writeHead(200,{'content-length':10});r.write('abc');setTimeout(()=>r.destroy(),50)}
 else if(p=='/gz'){r.writeHead(200,{'content-encoding':'gzip'});r.end(zlib.gzipSync('zipped'))}
 else if(p=='/slow'){setTimeout(()=>r.end('late'),300)}
 else if(p=='/echo'){let b='';q.on('data',c=>b+=c);q.on('end',()=>r.end(q.method+' '+b+' '+(q.headers['content-type']||'')))}
 else if(p=='/204'){r.writeHead(204);r.end()}
 else if(p=='/hd'){r.writeHead(200,'Fine',[['A','1'],['a','2'],['Set-Cookie','x'],['Set-Cookie','y']].flat());r.end()}
 else {r.setHeader('x-url',p);r.end('ok '+p)}}).listen(0,async()=>{const b=`http://127.0.0.1:${s.address().port}`;
 const show=(r)=>[r.status,r.statusText,r.url.replace(b,''),r.redirected,r.type,r.ok];
 await t(1,async()=>{const r=await fetch(b+'/r1');return [show(r),await r.text()]});
 await t(2,async()=>show(await fetch(b+'/r1',{redirect:'manual'})));
 await t(3,()=>fetch(b+'/r1',{redirect:'error'}));
 await t(4,()=>fetch(b+'/loop'));
 await t(5,async()=>show(await fetch(b+'/noloc')));await t(6,()=>fetch(b+'/badloc'));await t(7,()=>fetch(b+'/ftp'));
 await t(8,()=>fetch(b+'/destroy'));
 await t(9,async()=>{const r=await fetch(b+'/half');return await r.text()});
 await t(10,async()=>{const r=await fetch(b+'/gz');return [await r.text(),r.headers.get('content-encoding')]});
 await t(11,()=>fetch(b+'/slow',{signal:AbortSignal.timeout(30)}));
 await t(12,async()=>{const c=new AbortController();const p=fetch(b+'/slow',{signal:c.signal});setTimeout(()=>c.abort(),20);return p});
 await t(13,async()=>{const c=new AbortController();const r=await fetch(b+'/half',{signal:c.signal});c.abort(new Error('mine'));return r.text()});
 await t(14,async()=>(await fetch(b+'/echo',{method:'POST',body:'hi'})).text());
 await t(15,async()=>(await fetch(b+'/echo',{method:'POST',body:new ReadableStream({async pull(c){c.enqueue(new TextEncoder().encode('chunk'));c.close()}}),duplex:'half'})).text());
 await t(16,async()=>(await fetch(new Request(b+'/echo',{method:'PUT',body:new Blob(['blob'],{type:'q/r'})}))).text());
 await t(17,async()=>{const r=await fetch(b+'/204');return [show(r),r.body,await r.text()]});
 await t(18,async()=>{const r=await fetch(b+'/hd');return [show(r),[...r.headers].filter(x=>!['date','connection','keep-alive','transfer-encoding'].includes(x[0])),r.headers.getSetCookie()]});
 await t(19,async()=>(await fetch(b+'/echo',{method:'POST',body:new FormData()})).status);
 const net=require('net');const dead=net.createServer().listen(0);const dp=dead.address().port;dead.close();await new Promise(r=>setTimeout(r,20));
 await fetch(`http://127.0.0.1:${dp}/`).catch(e=>console.log(22,e.name,e.message,Object.keys(e.cause),e.cause.name,e.cause.message.replace(dp,'P'),e.cause.code,e.cause.syscall,e.cause.address));
 await t(23,async()=>(await fetch(b+'/x',{method:'POST',body:new ReadableStream({pull(c){c.error(new Error('src'))}}),duplex:'half'})).text());
 await t(25,async()=>{const r=await fetch(b+'/r1',{method:'POST',body:'x'});return [show(r)]});
 await t(26,async()=>{const chunks=[];for await(const c of (await fetch(b+'/q')).body)chunks.push(c.constructor.name,Buffer.from(c).toString());return chunks});
 await t(27,async()=>{const r=await fetch(b+'/r2',{method:'POST',body:new ReadableStream({pull(c){c.close()}}),duplex:'half'});return show(r)});
 s.close();s.closeAllConnections()});
