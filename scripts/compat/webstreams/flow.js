// Web streams: pipes, tees, encoders, aborts.
'use strict';

const t = async (n, f) => { try { console.log(n, 'OK', await f()); } catch (e) { console.log(n, e && e.name, e && e.code, e && e.message); } };
(async () => {
  await t(111,()=>new ReadableStream({start(c){c.error(new Error('boom'))}}).getReader().read());
  await t(112,()=>new ReadableStream({start(c){c.enqueue('a');c.enqueue('b');c.close()}}).pipeThrough(new TransformStream({transform(x,c){c.enqueue(x+x)}})).pipeTo(new WritableStream({write(x){console.log('w',x)}})));
  const [x,y]=new ReadableStream({start(c){c.enqueue('a');c.close()}}).tee();
  await t(113,()=>x.getReader().read());
  await t(114,()=>y.getReader().read());
  const [bx,by]=new ReadableStream({type:'bytes',pull(c){c.enqueue(new Uint8Array([1,2]));c.close()}}).tee();
  await t(115,()=>bx.getReader({mode:'byob'}).read(new Uint8Array(5)));
  await t(116,()=>by.getReader().read());
  const te=new TextEncoderStream();const tw=te.writable.getWriter();tw.write('a\ud83d');tw.write('\ude00b');tw.write('\ud83d');tw.close();for await(const k of te.readable)console.log(k);
  const td=new TextDecoderStream();const dw=td.writable.getWriter();dw.write(new Uint8Array([0xef,0xbb,0xbf,0xe2]));dw.write(new Uint8Array([0x82,0xac]));dw.write(new Uint8Array([0xe2]));dw.close();for await(const k of td.readable)console.log(JSON.stringify(k));
  const td2=new TextDecoderStream('utf-8',{fatal:true});const dw2=td2.writable.getWriter();dw2.write(new Uint8Array([0xff])).catch(e=>console.log('w',e.name,e.code));
  await t(117,()=>td2.readable.getReader().read());
  let ac=new AbortController();const ap=new ReadableStream({cancel(r){console.log('cancelled',r.name)}}).pipeTo(new WritableStream({abort(r){console.log('aborted',r.name)}}),{signal:ac.signal});ac.abort();
  await t(119,()=>ap);
})();
