// WebAssembly: modules, instances, imports, memories, globals and their errors.
const add = Buffer.from('AGFzbQEAAAABBwFgAn9/AX8DAgEABwcBA2FkZAAACgkBBwAgACABags=', 'base64');
// Sections of a module: id and bytes.
const module = (...sections) => Buffer.concat([Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]), ...sections.map(([id, ...b]) => Buffer.from([id, b.length, ...b]))]);
const name = (s) => [s.length, ...Buffer.from(s)];
const attempt = (what, f) => { try { console.log(what, f()); } catch (e) { console.log(what, e.name, e.message, e instanceof Error); } };

const m = new WebAssembly.Module(add);
console.log(m, WebAssembly.Module.exports(m), WebAssembly.Module.imports(m));
const i = new WebAssembly.Instance(m);
console.log(i, i.exports, i.exports.add(1, 2), i.exports.add(2 ** 31, 2 ** 32 + 5.7), i.exports.add('7', null), i.exports.add.name, i.exports.add.length, Object.isFrozen(i.exports));
console.log(String(WebAssembly), WebAssembly.validate(add), WebAssembly.validate(Buffer.from('x')), typeof WebAssembly.instantiateStreaming);
attempt('magic', () => new WebAssembly.Module(Buffer.from('nope')));
attempt('none', () => new WebAssembly.Module());
attempt('call', () => WebAssembly.Module(add));
attempt('empty', () => new WebAssembly.Module(Buffer.alloc(0)));
attempt('instance', () => new WebAssembly.Instance({}));
attempt('memory', () => new WebAssembly.Memory());
attempt('maximum', () => new WebAssembly.Memory({ initial: 2, maximum: 1 }));
attempt('initial', () => new WebAssembly.Memory({}));
attempt('global', () => new WebAssembly.Global({ value: 'i33' }));
attempt('table', () => new WebAssembly.Table({ initial: 1, element: 'x' }));

const memory = new WebAssembly.Memory({ initial: 1, maximum: 3 });
const first = memory.buffer;
console.log(memory, first.byteLength, memory.grow(1), first.byteLength, memory.buffer.byteLength, memory.buffer === memory.buffer);
attempt('grow', () => memory.grow(5));
const g = new WebAssembly.Global({ value: 'i64', mutable: true }, 5n);
g.value = 2n ** 64n - 1n;
console.log(g, g.value, g.valueOf());
attempt('immutable', () => { new WebAssembly.Global({ value: 'f32' }, 1.5).value = 1; });
attempt('bigint', () => { g.value = 1; });

// (import "env" "f" (func (param i32 i64 f64) (result i32))) (import "env" "mem" (memory 1 3)) (import "env" "g" (global (mut i64)))
// (func (export "run") (param i32) (result i32) (call 0 (local.get 0) (global.get 0) (f64.const 1.5)))
// (func (export "trap") unreachable) (func (export "store") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
// (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))) (export "mem" (memory 0))
const big = module(
  [1, 4, 0x60, 3, 0x7f, 0x7e, 0x7c, 1, 0x7f, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 0, 0, 0x60, 2, 0x7f, 0x7f, 0],
  [2, 3, ...name('env'), ...name('f'), 0, 0, ...name('env'), ...name('mem'), 2, 1, 1, 3, ...name('env'), ...name('g'), 3, 0x7e, 1],
  [3, 4, 1, 2, 3, 1],
  [7, 5, ...name('run'), 0, 1, ...name('trap'), 0, 2, ...name('store'), 0, 3, ...name('grow'), 0, 4, ...name('mem'), 2, 0],
  [10, 4, 17, 0, 0x20, 0, 0x23, 0, 0x44, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x10, 0, 0x0b, 3, 0, 0, 0x0b, 9, 0, 0x20, 0, 0x20, 1, 0x36, 2, 0, 0x0b, 6, 0, 0x20, 0, 0x40, 0, 0x0b],
  [0, ...name('mine'), 1, 2, 3],
);
const b = new WebAssembly.Module(big);
console.log(WebAssembly.Module.imports(b), WebAssembly.Module.exports(b), WebAssembly.Module.customSections(b, 'mine'), WebAssembly.Module.customSections(b, 'none'));
for (const imports of [undefined, {}, { env: 1 }, { env: {} }, { env: { f() {} } }, { env: { f() {}, mem: 1 } }, { env: { f() {}, mem: new WebAssembly.Memory({ initial: 0 }) } }, { env: { f() {}, mem: new WebAssembly.Memory({ initial: 1, maximum: 3 }) } }]) attempt('link', () => new WebAssembly.Instance(b, imports));
const seen = [];
new Uint8Array(memory.buffer)[9] = 42;
const x = new WebAssembly.Instance(b, { env: { f(...a) { seen.push(a); if (a[0] === 13) throw new RangeError('from the import'); if (a[0] > 0) return x.run(a[0] - 1) + 1; return '7.9'; }, mem: memory, g } }).exports;
console.log(x.run(3), seen, x.mem === memory, new Uint8Array(memory.buffer)[9]);
attempt('thrown', () => x.run(13));
attempt('trap', () => x.trap());
attempt('bounds', () => x.store(131072, 1));
x.store(65540, 0x01020304);
console.log(new Uint8Array(memory.buffer).slice(65538, 65546));
const before = new Uint8Array(memory.buffer);
console.log(x.grow(1), before.length, memory.buffer.byteLength, x.grow(1));
g.value = -5n;
x.run(0);
console.log(seen.at(-1));

(async () => {
  console.log(await WebAssembly.instantiate(add), (await WebAssembly.instantiate(m)) instanceof WebAssembly.Instance);
  for (const f of [() => WebAssembly.compile(Buffer.from('bad')), () => WebAssembly.compile(5), () => WebAssembly.instantiate(5), () => WebAssembly.instantiate(b), () => WebAssembly.instantiateStreaming(5)]) await f().catch((e) => console.log(e.name, e.code, e.message));
  console.log((await WebAssembly.instantiateStreaming(new Response(add, { headers: { 'content-type': 'application/wasm' } }))).instance.exports.add(20, 22));
  await WebAssembly.compileStreaming(new Response(add)).catch((e) => console.log(e.code, e.message));
})();
