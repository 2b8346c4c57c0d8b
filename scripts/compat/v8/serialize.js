// The wire format of v8.serialize, what it refuses, and the classes behind it.
'use strict';
const v8=require('v8');
const cases={undef:undefined,nul:null,t:true,f:false,i:5,neg:-3,big:2**31,min:-(2**31),f15:1.5,nan:NaN,str:'abc',lat:'é',two:'あ',two2:'aあ',emoji:'😀',bi:12345678901234567890n,bin:-5n,bz:0n,o:{a:1,b:'x'},nested:{a:{b:[1,2]}},arr:[1,'a',null],sparse:[1,,3],hole:Array(5),date:new Date(5),re:/a+b/gi,map:new Map([[1,{}]]),set:new Set([1,2]),ab:new ArrayBuffer(3),u8:new Uint8Array([1,2,3]),buf:Buffer.from('hi'),f64:new Float64Array([1.5]),dv:new DataView(new ArrayBuffer(2)),bool:new Boolean(true),num:new Number(4),so:new String('x'),bo:Object(3n),arrp:Object.assign([1,2],{x:1}),idx:{1:'a',b:2},bigarr:Object.assign([],{1000:1}),keylarge:{4294967295:1}};
for (const k in cases) console.log(k, v8.serialize(cases[k]).toString('hex'));
const e=new TypeError('m',{cause:1}); e.stack='S'; console.log('err',v8.serialize(e).toString('hex')); const e2=new Error('q'); e2.stack='T'; e2.extra=1; console.log('err2', v8.serialize(e2).toString('hex'));
class My extends RangeError{}; const e3=new My('z'); e3.name='Foo'; e3.stack='U';console.log('err3', v8.serialize(e3).toString('hex'));
const c={};c.self=c; c.list=[c]; console.log('circ',v8.serialize(c).toString('hex'));
for (const bad of [()=>{}, Symbol('s'), {f(){}} , new WeakMap, Promise.resolve(), new Proxy({},{}), {get a(){throw new Error('getter')}}]) try{ v8.serialize(bad); console.log('ok')}catch(e){console.log(e.name,e.code,e.message,e.constructor.name)}
for (const bad of ['x', Buffer.alloc(0), Buffer.from([1]), Buffer.from('ff0f','hex'), Buffer.from('ff0f49','hex'), Buffer.from('ff10','hex'), Buffer.from('ff0f6f','hex')]) try{ console.log(v8.deserialize(bad))}catch(e){console.log(e.name,e.code,e.message)}
const s=new v8.Serializer(); try{ s.writeHeader(); console.log(s.writeValue({a:1}), s.writeUint32(7), s.writeUint64(1,2), s.writeDouble(1.5), s.writeRawBytes(Buffer.from('zz')), s.releaseBuffer().toString('hex'), s.releaseBuffer()) }catch(e){console.log(e)}
try{ v8.Serializer() }catch(e){console.log(e.name,e.code,e.message)}
try{ new v8.Deserializer(1) }catch(e){console.log(e.name,e.code,e.message)}
try{ const s=new v8.Serializer(); s.writeValue(new Uint8Array(3)); console.log(s.releaseBuffer().toString('hex')) }catch(e){console.log(e.name,e.code,e.message)}
const d=new v8.Deserializer(Buffer.from('ff0f6f22016149027b01070102','hex')); console.log(d.readHeader(), d.readValue(), d.getWireFormatVersion(), d.readUint32(), d.readUint64&&d.buffer);
try{ d.readDouble() }catch(e){console.log(e.name,e.code,e.message)}
console.log(v8.deserialize(v8.serialize(cases.u8)), v8.deserialize(v8.serialize(cases.buf)),Object.getOwnPropertyNames(d));

console.log(v8.getHeapSpaceStatistics().every((x) => x.space_size >= x.space_used_size), Object.keys(v8.getHeapSpaceStatistics()[0]), Object.keys(v8.getHeapStatistics()));
for (const k in cases) {
  const back = v8.deserialize(v8.serialize(cases[k]));
  require('assert').deepStrictEqual(back, cases[k], k);
}
const back = v8.deserialize(v8.serialize(c));
console.log(back.self === back, back.list[0] === back);
const err = v8.deserialize(v8.serialize(e));
console.log(err instanceof TypeError, err.message, err.cause, err.stack, Object.keys(err));
class Point { constructor() { this.x = 1; } }
class S extends v8.DefaultSerializer { _writeHostObject(o) { this.writeUint32(9); this.writeDouble(o.byteLength); } }
class D extends v8.DefaultDeserializer { _readHostObject() { return { tag: this.readUint32(), size: this.readDouble() }; } }
const ser = new S();
ser.writeHeader();
ser.writeValue([new Point(), new Uint16Array(4)]);
const des = new D(ser.releaseBuffer());
des.readHeader();
console.log(des.readValue());
const raw = new v8.Serializer();
raw.writeHeader();
const shared = new Uint8Array([1, 2, 3, 4]);
raw.writeValue([shared, new DataView(shared.buffer, 1, 2), shared]);
const rawBack = new v8.Deserializer(raw.releaseBuffer());
rawBack.readHeader();
const list = rawBack.readValue();
console.log(list, list[0] === list[2], list[0].buffer === list[1].buffer);
const moved = new v8.Serializer();
moved.writeHeader();
moved.transferArrayBuffer(3, shared.buffer);
moved.writeValue(shared.buffer);
const taken = new v8.Deserializer(moved.releaseBuffer());
taken.readHeader();
taken.transferArrayBuffer(3, shared.buffer);
console.log(taken.readValue() === shared.buffer);
const numbers = new v8.Serializer();
numbers.writeUint64(0xffffffff, 0xfffffffe);
numbers.writeRawBytes(new Float64Array([1]));
const n = new v8.Deserializer(numbers.releaseBuffer());
console.log(n.readUint64(), n.readRawBytes(8));
for (const f of [() => v8.setFlagsFromString(1), () => v8.isStringOneByteRepresentation(1), () => v8.startupSnapshot.addSerializeCallback(() => {}), () => new v8.Serializer().writeRawBytes('x')]) {
  try {
    f();
  } catch (x) {
    console.log(x.name, x.code, x.message);
  }
}
console.log(v8.isStringOneByteRepresentation('\u00ff'), v8.isStringOneByteRepresentation('\u0100'), !v8.startupSnapshot.isBuildingSnapshot(), typeof v8.cachedDataVersionTag(), v8.takeCoverage(), v8.stopCoverage());
v8.setFlagsFromString('--expose_gc');
console.log(require('vm').runInNewContext('typeof gc'));
