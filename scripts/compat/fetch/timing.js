// fetch: its entries in the performance timeline.
'use strict';

const http=require('http');const s=http.createServer((q,r)=>{if(q.url=='/r'){r.writeHead(302,{location:'/x'});r.end()}else r.end('hello')}).listen(0,async()=>{const u='http://127.0.0.1:'+s.address().port;
const {PerformanceObserver}=require('perf_hooks');new PerformanceObserver(l=>console.log('obs',l.getEntries().map(e=>e.name.replace(u,'')))).observe({type:'resource'});
await (await fetch(u+'/a')).text();await (await fetch(u+'/r')).text();await (await fetch(u+'/h',{method:'HEAD'}));
setTimeout(()=>{for(const e of performance.getEntriesByType('resource')){const j=e.toJSON();j.name=j.name.replace(u,'');for(const k in j)if(k==='duration')j[k]=j[k]>0;else if(typeof j[k]=='number'&&j[k]>10&&!/Size|Status/.test(k))j[k]='T';console.log(j)}s.close();s.closeAllConnections()},50)});
