// Entries of http and net: what they tell.
'use strict';

const http=require('http');const {PerformanceObserver}=require('perf_hooks');
const seen=[];const o=new PerformanceObserver(l=>{for(const e of l.getEntries())seen.push([e.name,e.entryType,e.duration>=0,e.constructor.name,Object.keys(e.detail),e.detail.req&&[e.detail.req.method,e.detail.req.url.replace(/:\d+/,':P'),Object.keys(e.detail.req.headers)],e.detail.res&&[e.detail.res.statusCode,e.detail.res.statusMessage,Object.keys(e.detail.res.headers)],e.detail.host])});o.observe({entryTypes:['http','net']});
const s=http.createServer((q,r)=>{r.setHeader('x','y');r.end('ok')}).listen(0,()=>{http.get({port:s.address().port,path:'/p',agent:false,headers:{a:'b'}},r=>{r.resume();r.on('end',()=>{s.close();setImmediate(()=>setImmediate(()=>{seen.sort((a,b)=>a[0]<b[0]?-1:1);console.dir(seen,{depth:5});o.disconnect()}))})})});
