// What read() makes of sizes that are no integers.
const {Readable,PassThrough}=require('stream');
for (const a of [null,undefined,NaN,'3',2.7,'x',0,-1,{},true,'2abc',Infinity,[3]]) { const p=new PassThrough(); p.write('abcdef'); let r; try{ r=p.read(a)}catch(e){r=e.code+' '+e.message} console.log(a, r&&String(r)); }
