// What a web stream tells of the errors of the stream that it was made of.
const {Readable,Writable,Transform}=require('stream');const z=require('zlib');
(async()=>{
 for (const code of ['Z_DATA_ERROR','Z_NEED_DICT','BROTLI_DECODER_ERROR_FORMAT_RESERVED','ERR_STREAM_PREMATURE_CLOSE','X']) {
  const r=new Readable({read(){}});const w=Readable.toWeb(r);r.destroy(Object.assign(new Error('boom'),{code}));
  try{ await w.getReader().read()}catch(e){console.log('R',e.name,e.code,JSON.stringify(e.message),e.cause&&e.cause.message)}
  const q=new Writable({write(c,e,cb){cb(Object.assign(new Error('boom'),{code}))}});const ww=Writable.toWeb(q).getWriter();
  try{ await ww.write(Buffer.from('x'));await ww.closed}catch(e){console.log('W',e.name,e.code,JSON.stringify(e.message),e.cause&&e.cause.message)}
 }
 const r=new Readable({read(){}});const w=Readable.toWeb(r);r.destroy();try{ await w.getReader().read()}catch(e){console.log('R',e.name,e.code,JSON.stringify(e.message),e.cause&&e.cause.message)}
})();
