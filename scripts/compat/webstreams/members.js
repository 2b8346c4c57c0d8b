// Web streams: the members of the classes.
'use strict';

const t = async (n, f) => { try { console.log(n, 'OK', await f()); } catch (e) { console.log(n, e && e.name, e && e.code, e && e.message); } };
(async () => {
  const pp=(C)=>Object.getOwnPropertyNames(C.prototype).map(k=>k+(Object.getOwnPropertyDescriptor(C.prototype,k).enumerable?'+':'-')+(Object.getOwnPropertyDescriptor(C.prototype,k).value?.length??'')).join(' ');
  for(const n of Object.keys(require('stream/web')))console.log(n,globalThis[n].length,pp(globalThis[n]),Object.getOwnPropertyNames(globalThis[n]).join());
  console.log(Object.keys(require('stream/web')).join());
  console.log(require('util').inspect(new ReadableStream(),{depth:-1}),require('util').inspect({a:new TransformStream()},{depth:0}),require('util').inspect({a:new TransformStream()},{depth:1}));
})();
