// The JavaScript interface of WebAssembly
// (https://webassembly.github.io/spec/js-api/), over the host's handles.
(host) => {
  'use strict';
  const fail = (C, where, text) => { throw new C(`WebAssembly.${where}: ${text}`); };
  const error = (name) => {
    const E = function (message, options) {
      const e = Reflect.construct(Error, message === undefined ? [] : [message, options], new.target || E);
      Error.captureStackTrace(e, new.target || E);
      return e;
    };
    Object.defineProperty(E, 'name', { value: name });
    Object.setPrototypeOf(E, Error);
    E.prototype = Object.create(Error.prototype, { constructor: { value: E, writable: true, configurable: true }, name: { value: name, writable: true, configurable: true }, message: { value: '', writable: true, configurable: true } });
    return E;
  };
  const CompileError = error('CompileError'), LinkError = error('LinkError'), RuntimeError = error('RuntimeError');
  host.errors(RuntimeError);

  const source = (v, where, what = 'a buffer source') => {
    if (v instanceof ArrayBuffer || v instanceof SharedArrayBuffer) return new Uint8Array(v);
    if (ArrayBuffer.isView(v)) return new Uint8Array(v.buffer, v.byteOffset, v.byteLength);
    fail(TypeError, where, `Argument 0 must be ${what}`);
  };
  const compiled = (where, f) => {
    try { return f(); } catch (e) { fail(CompileError, where, e.message); }
  };
  const make = (C, handle) => { const o = Object.create(C.prototype); host.attach(o, handle); return o; };
  // A class whose instances hold a handle of the host.
  const define = (name, length, init) => {
    const C = function (...args) {
      if (!new.target) fail(TypeError, `${name}()`, `WebAssembly.${name} must be invoked with 'new'`);
      const o = Object.create(new.target.prototype);
      host.attach(o, init(args, o));
      return o;
    };
    Object.defineProperties(C, { name: { value: name }, length: { value: length } });
    Object.defineProperty(C.prototype, Symbol.toStringTag, { value: `WebAssembly.${name}`, configurable: true });
    Object.defineProperty(C, 'prototype', { writable: false });
    return C;
  };
  const members = (o, list) => {
    for (const [k, d] of Object.entries(Object.getOwnPropertyDescriptors(list))) Object.defineProperty(o, k, { ...d, enumerable: true });
  };

  const Module = define('Module', 1, ([bytes]) => {
    const p = source(bytes, 'Module()');
    return compiled('Module()', () => host.compile(p));
  });
  const moduleOf = (v, where) => (host.is(v, 'module') ? v : fail(TypeError, where, 'Argument 0 must be a WebAssembly.Module'));
  members(Module, {
    imports(module) { return host.imports(moduleOf(module, 'Module.imports()')).map(({ module: m, name, kind }) => ({ module: m, name, kind })); },
    exports(module) { return host.exports(moduleOf(module, 'Module.exports()')).map(({ name, kind }) => ({ name, kind })); },
    customSections(module, name) {
      moduleOf(module, 'Module.customSections()');
      if (name === undefined) fail(TypeError, 'Module.customSections()', 'Argument 1 is required');
      return host.customSections(module, String(name));
    },
  });

  // link reads the values of a module's imports.
  const link = (module, imports, where) => {
    const wanted = host.imports(module);
    if (wanted.length > 0 && (imports === null || typeof imports !== 'object' && typeof imports !== 'function')) fail(TypeError, where, 'Imports argument must be present and must be an object');
    const given = wanted.map((w, i) => {
      const space = imports[w.module];
      if (space === null || typeof space !== 'object' && typeof space !== 'function') fail(TypeError, where, `Import #${i} "${w.module}": module is not an object or function`);
      return space[w.name];
    });
    const check = (w, i) => {
      const v = given[i];
      const refuse = (text) => fail(LinkError, where, `Import #${i} "${w.module}" "${w.name}": ${text}`);
      switch (w.kind) {
        case 'function':
          if (typeof v !== 'function') refuse('function import requires a callable');
          break;
        case 'memory': {
          if (!host.is(v, 'memory')) refuse('memory import must be a WebAssembly.Memory object');
          const { min, max } = host.memoryLimits(v);
          if (min < w.min) refuse(`memory import has ${min} pages which is smaller than the declared initial of ${w.min}`);
          if (w.max !== undefined && max === undefined) refuse('memory import has no maximum limit, expected at most ' + w.max);
          if (w.max !== undefined && max > w.max) refuse(`memory import has a larger maximum size ${max} than the module's declared maximum ${w.max}`);
          if (!host.memoryFree(v)) host.notImplemented('WebAssembly.Instance() with a memory of another instance');
          break;
        }
        case 'table':
          if (!host.is(v, 'table')) refuse('table import requires a WebAssembly.Table');
          if (v.length < w.min) refuse(`table import has ${v.length} elements, which is less than the required minimum ${w.min}`);
          break;
        case 'global':
          if (host.is(v, 'global')) {
            const g = host.globalType(v);
            if (g.mutable !== w.mutable) refuse('imported global does not match the expected mutability');
            if (g.type !== w.type) refuse('imported global does not match the expected type');
            if (g.mutable && !host.globalFree(v)) host.notImplemented('WebAssembly.Instance() with a mutable global of another instance');
            return v;
          }
          if (w.mutable) refuse('imported mutable global must be a WebAssembly.Global object');
          if (w.type === 'i64' ? typeof v !== 'bigint' : w.type !== 'externref' && typeof v !== 'number') refuse(w.type === 'i64' ? 'global import must be a BigInt' : 'global import must be a number, valid Wasm reference, or WebAssembly.Global object');
          return make(Global, host.global(w.type, false, v));
        default:
          host.notImplemented(`import of a ${w.kind}`);
      }
      return v;
    };
    wanted.forEach((w, i) => { if (w.kind === 'memory') check(w, i); }); // V8 looks at these first
    return wanted.map(check);
  };
  const instantiate = (o, module, imports, where) => {
    const values = link(module, imports, where);
    const handle = host.instantiate(module, values);
    host.attach(o, handle);
    const counts = { function: 0, memory: 0, global: 0, table: 0 };
    const known = { function: [], memory: [], global: [], table: [] };
    host.imports(module).forEach((w, i) => { known[w.kind][counts[w.kind]++] = w.kind === 'function' && !host.isExported(values[i]) ? undefined : values[i]; });
    const exports = Object.create(null);
    host.exports(module).forEach((e, i) => {
      let v = known[e.kind][e.index];
      if (v === undefined) {
        if (e.kind === 'function') v = host.func(handle, i);
        else if (e.kind === 'memory') v = make(Memory, host.exportedMemory(handle, i));
        else if (e.kind === 'global') v = make(Global, host.exportedGlobal(handle, i));
        else v = make(Table, host.table(e.min, e.max, e.type));
        known[e.kind][e.index] = v;
      }
      exports[e.name] = v;
    });
    host.setExports(o, Object.freeze(exports));
    return o;
  };
  const Instance = define('Instance', 1, ([module, imports], o) => {
    moduleOf(module, 'Instance()');
    if (imports !== undefined && (imports === null || typeof imports !== 'object')) fail(TypeError, 'Instance()', 'Argument 1 must be an object');
    instantiate(o, module, imports, 'Instance()');
    return undefined;
  });
  const receiver = (v, kind, name, where) => (host.is(v, kind) ? v : fail(TypeError, where, `Receiver is not a WebAssembly.${name}`));
  members(Instance.prototype, { get exports() { return host.getExports(receiver(this, 'instance', 'Instance', 'Instance.exports')); } });

  const size = (d, key, where, top, required) => {
    let v = d[key];
    if (v === undefined) return required ? fail(TypeError, where, `Property '${key}' is required`) : undefined;
    if (typeof v === 'bigint') throw new TypeError('Cannot convert a BigInt value to a number');
    v = Number(v);
    if (!Number.isFinite(v)) fail(TypeError, where, `Property '${key}': value ${v} is ${v > 0 ? 'above the upper bound' : Number.isNaN(v) ? 'not a number' : 'below the lower bound'}`);
    v = Math.trunc(v);
    if (v < 0) fail(TypeError, where, `Property '${key}': value ${v} is below the lower bound`);
    if (v > top) fail(TypeError, where, `Property '${key}': value ${v} is above the upper bound`);
    return v;
  };
  const bounds = (d, where, top) => {
    const min = size(d, 'initial', where, top, true), max = size(d, 'maximum', where, 0xffffffff);
    if (max !== undefined && max < min) fail(RangeError, where, `Property 'maximum': value ${max} is below the lower bound ${min}`);
    return [min, max];
  };
  const isObject = (v) => v !== null && typeof v === 'object' || typeof v === 'function';

  const Memory = define('Memory', 1, ([d]) => {
    if (!isObject(d)) fail(TypeError, 'Memory()', 'Argument 0 must be a memory descriptor');
    if (d.shared) host.notImplemented('WebAssembly.Memory() with shared');
    return host.memory(...bounds(d, 'Memory()', 65536));
  });
  members(Memory.prototype, {
    grow(delta) {
      receiver(this, 'memory', 'Memory', 'Memory.grow()');
      const n = size({ delta }, 'delta', 'Memory.grow()', 0xffffffff, true);
      const before = host.grow(this, n);
      return before < 0 ? fail(RangeError, 'Memory.grow()', 'Maximum memory size exceeded') : before;
    },
    get buffer() { return host.buffer(receiver(this, 'memory', 'Memory', 'Memory.buffer')); },
  });

  const Table = define('Table', 1, ([d]) => {
    if (!isObject(d)) fail(TypeError, 'Table()', 'Argument 0 must be a table descriptor');
    if (!['anyfunc', 'externref'].includes(d.element)) fail(TypeError, 'Table()', "Descriptor property 'element' must be a WebAssembly reference type");
    return host.table(...bounds(d, 'Table()', 10000000), d.element === 'anyfunc' ? 'funcref' : 'externref');
  });
  members(Table.prototype, {
    get length() { return host.tableLength(receiver(this, 'table', 'Table', 'Table.length')); },
    grow() { host.notImplemented('WebAssembly.Table.grow()'); },
    set() { host.notImplemented('WebAssembly.Table.set()'); },
    get() { host.notImplemented('WebAssembly.Table.get()'); },
  });

  const Global = define('Global', 1, ([d, v]) => {
    if (!isObject(d)) fail(TypeError, 'Global()', 'Argument 0 must be a global descriptor');
    const mutable = !!d.mutable, type = String(d.value);
    if (!['i32', 'i64', 'f32', 'f64', 'externref', 'anyfunc'].includes(type)) fail(TypeError, 'Global()', "Descriptor property 'value' must be a WebAssembly type");
    if (type === 'anyfunc') host.notImplemented('WebAssembly.Global() of functions');
    return host.global(type, mutable, v === undefined && type !== 'externref' ? (type === 'i64' ? 0n : 0) : v);
  });
  members(Global.prototype, {
    valueOf() { return host.get(receiver(this, 'global', 'Global', 'Global.valueOf()')); },
    get value() { return host.get(receiver(this, 'global', 'Global', 'Global.value')); },
    set value(v) {
      receiver(this, 'global', 'Global', 'Global.value');
      if (!host.globalType(this).mutable) throw new TypeError("set WebAssembly.Global.value): Can't set the value of an immutable global.");
      host.set(this, v);
    },
  });

  const Tag = define('Tag', 1, () => host.notImplemented('WebAssembly.Tag()'));
  const Exception = define('Exception', 1, () => host.notImplemented('WebAssembly.Exception()'));
  members(Exception.prototype, { getArg() { host.notImplemented('WebAssembly.Exception.getArg()'); }, is() { host.notImplemented('WebAssembly.Exception.is()'); } });

  const compileLater = (p, where) => new Promise((resolve, reject) => {
    host.compileLater(p, (e, handle) => (e ? reject(new CompileError(`WebAssembly.${where}: ${e.message}`)) : resolve(make(Module, handle))));
  });
  const bytesOf = async (response) => {
    const r = await response;
    if (!(r instanceof Response)) throw host.error('TypeError', 'ERR_INVALID_ARG_TYPE', `The "source" argument must be an instance of Response or an Promise resolving to Response. Received ${host.received(r)}`);
    const type = r.headers.get('Content-Type');
    if (type !== 'application/wasm') throw host.error('TypeError', 'ERR_WEBASSEMBLY_RESPONSE', `WebAssembly response has unsupported MIME type '${type}'`);
    if (!r.ok) throw host.error('TypeError', 'ERR_WEBASSEMBLY_RESPONSE', `WebAssembly response has status code ${r.status}`);
    if (r.bodyUsed) throw host.error('TypeError', 'ERR_WEBASSEMBLY_RESPONSE', 'WebAssembly response body has already been used');
    return new Uint8Array(await r.arrayBuffer());
  };
  const both = async (p, imports, where) => {
    if (imports !== undefined && !isObject(imports)) fail(TypeError, where, 'Argument 1 must be an object');
    const module = await compileLater(p, where);
    return { module, instance: instantiate(Object.create(Instance.prototype), module, imports, where) };
  };
  // later makes a function that tells its errors by its promise.
  const later = (name, length, f) => Object.defineProperties(function (...args) { return f(...args); }, { name: { value: name, configurable: true }, length: { value: length, configurable: true } });
  const WebAssembly = {};
  members(WebAssembly, {
    compile: later('compile', 1, async (bytes) => compileLater(source(bytes, 'compile()'), 'compile()')),
    validate(bytes) {
      const p = source(bytes, 'validate()');
      try { host.compile(p); return true; } catch { return false; }
    },
    instantiate: later('instantiate', 1, async (bytes, imports) => {
      const where = 'instantiate()';
      if (!host.is(bytes, 'module')) return both(source(bytes, where, 'a buffer source or a WebAssembly.Module object'), imports, where);
      if (imports !== undefined && !isObject(imports)) fail(TypeError, where, 'Argument 1 must be an object');
      await null;
      return instantiate(Object.create(Instance.prototype), bytes, imports, where);
    }),
  });
  const hidden = { Module, Instance, Table, Memory, Global, Tag, Exception, CompileError, LinkError, RuntimeError };
  for (const [name, value] of Object.entries(hidden)) Object.defineProperty(WebAssembly, name, { value, writable: true, configurable: true });
  members(WebAssembly, {
    compileStreaming: later('compileStreaming', 1, async (response) => compileLater(await bytesOf(response), 'compileStreaming()')),
    instantiateStreaming: later('instantiateStreaming', 1, async (response, imports) => both(await bytesOf(response), imports, 'instantiateStreaming()')),
  });
  Object.defineProperty(WebAssembly, Symbol.toStringTag, { value: 'WebAssembly', configurable: true });
  return WebAssembly;
}
