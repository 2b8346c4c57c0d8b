// node:vm (https://nodejs.org/docs/latest-v24.x/api/vm.html): the arguments.
(function (host) {
  const { isArrayBufferView } = host.require('util').types;
  const { Buffer, process } = globalThis;
  const constants = Object.freeze(Object.assign(Object.create(null), {
    USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol('vm_dynamic_import_main_context_default'),
    DONT_CONTEXTIFY: Symbol('vm_context_no_contextify'),
  }));
  const isObject = (v) => v !== null && typeof v === 'object';
  const isObjectOrFunction = (v) => v !== null && (typeof v === 'object' || typeof v === 'function');

  function contextOf(v) {
    if (!isObjectOrFunction(v)) host.argType('object', v, 'object');
    if (!host.isContext(v)) host.argType('contextifiedObject', v, 'vm.Context');
  }

  function checkImport(v) {
    if (v !== undefined && typeof v !== 'function' && v !== constants.USE_MAIN_CONTEXT_DEFAULT_LOADER) {
      host.argType('options.importModuleDynamically', v, 'function');
    }
  }

  // Who answers import() in a text that referrer() stands for: see importer in Go.
  function importsOf(v, referrer) {
    if (v === undefined) return 'missing';
    if (v === constants.USE_MAIN_CONTEXT_DEFAULT_LOADER) return 'main';
    return modules ? modules.importing(v, referrer) : 'flag';
  }

  const checkData = (v, name) => {
    if (v !== undefined && !isArrayBufferView(v)) host.argType(name, v, 'Buffer', 'TypedArray', 'DataView');
  };

  const matches = (data, digest) => (
    Buffer.from(data.buffer, data.byteOffset, data.byteLength).equals(digest));

  // The options that say how to run a script, as arguments of host.run.
  function runOptions(options = {}) {
    host.checkObject(options, 'options');
    let { breakOnSigint = false, displayErrors = true, timeout } = options;
    if (timeout !== undefined) host.checkUint32(timeout, 'options.timeout', true);
    host.checkBoolean(displayErrors, 'options.displayErrors');
    host.checkBoolean(breakOnSigint, 'options.breakOnSigint');
    return [timeout, breakOnSigint, displayErrors];
  }

  const handles = new WeakMap();
  const texts = new WeakMap();
  const handleOf = (script) => handles.get(script) ?? host.fail('TypeError', '', 'Illegal invocation');

  const modules = host.hasModules() ? host.load('module') : null;

  class ContextifyScript {
    constructor(code, filename, lineOffset, columnOffset, imports) {
      handles.set(this, host.compile(code, filename, lineOffset, columnOffset, importsOf(imports, () => this)));
      texts.set(this, code);
    }

    createCachedData() {
      handleOf(this);
      return host.digest(texts.get(this));
    }
  }

  class Script extends ContextifyScript {
    constructor(code, options = {}) {
      code = `${code}`;
      if (typeof options === 'string') options = { filename: options };
      else host.checkObject(options, 'options');
      const { filename = 'evalmachine.<anonymous>', lineOffset = 0, columnOffset = 0, cachedData, produceCachedData = false, importModuleDynamically } = options;
      host.checkString(filename, 'options.filename');
      host.checkInt32(lineOffset, 'options.lineOffset');
      host.checkInt32(columnOffset, 'options.columnOffset');
      checkData(cachedData, 'options.cachedData');
      host.checkBoolean(produceCachedData, 'options.produceCachedData');
      checkImport(importModuleDynamically);
      super(code, filename, lineOffset, columnOffset, importModuleDynamically);
      if (cachedData !== undefined) this.cachedDataRejected = !matches(cachedData, host.digest(code));
      if (produceCachedData) {
        this.cachedDataProduced = true;
        this.cachedData = host.digest(code);
      }
      this.sourceURL = magic(code, 'sourceURL');
      this.sourceMapURL = magic(code, 'sourceMappingURL');
    }

    runInThisContext(options) {
      return host.run(handleOf(this), null, ...runOptions(options));
    }

    runInContext(contextifiedObject, options) {
      contextOf(contextifiedObject);
      return host.run(handleOf(this), contextifiedObject, ...runOptions(options));
    }

    runInNewContext(contextObject, options) {
      return this.runInContext(createContext(contextObject, newContextOptions(options)), options);
    }
  }

  // A comment such as //# sourceMappingURL=x
  function magic(code, name) {
    let found;
    for (const m of code.matchAll(new RegExp(`^[ \\t]*//[#@] ${name}=(\\S*)[ \\t]*$`, 'gm'))) found = m[1];
    return found;
  }

  // What runInNewContext's options say of the context.
  function newContextOptions(options) {
    if (!options || typeof options === 'string') return {};
    const made = {};
    for (const [from, to] of [['contextName', 'name'], ['contextOrigin', 'origin']]) {
      if (options[from] !== undefined) {
        host.checkString(options[from], `options.${from}`);
        made[to] = options[from];
      }
    }
    if (options.contextCodeGeneration !== undefined) {
      const { contextCodeGeneration: codeGeneration } = options;
      host.checkObject(codeGeneration, 'options.contextCodeGeneration');
      if (codeGeneration.strings !== undefined) host.checkBoolean(codeGeneration.strings, 'options.contextCodeGeneration.strings');
      if (codeGeneration.wasm !== undefined) host.checkBoolean(codeGeneration.wasm, 'options.contextCodeGeneration.wasm');
      made.codeGeneration = codeGeneration;
    }
    if (options.microtaskMode !== undefined) {
      host.checkString(options.microtaskMode, 'options.microtaskMode');
      made.microtaskMode = options.microtaskMode;
    }
    return made;
  }

  let created = 0;

  function createContext(contextObject = {}, options = {}) {
    if (contextObject !== constants.DONT_CONTEXTIFY && isObjectOrFunction(contextObject) && host.isContext(contextObject)) return contextObject;
    if (contextObject !== constants.DONT_CONTEXTIFY && !isObjectOrFunction(contextObject)) host.argType('contextObject', contextObject, 'object');
    host.checkObject(options, 'options');
    const { name = `VM Context ${++created}`, origin, codeGeneration, microtaskMode, importModuleDynamically } = options;
    host.checkString(name, 'options.name');
    if (origin !== undefined) host.checkString(origin, 'options.origin');
    if (codeGeneration !== undefined) {
      host.checkObject(codeGeneration, 'options.codeGeneration');
      const { strings = true, wasm = true } = codeGeneration;
      host.checkBoolean(strings, 'options.codeGeneration.strings');
      host.checkBoolean(wasm, 'options.codeGeneration.wasm');
      if (!strings) host.notImplemented('vm.createContext() with codeGeneration.strings false');
    }
    if (microtaskMode !== undefined) {
      if (microtaskMode !== 'afterEvaluate') host.argValue('options.microtaskMode', microtaskMode, "must be one of: 'afterEvaluate', undefined");
      host.notImplemented('vm.createContext() with microtaskMode afterEvaluate');
    }
    checkImport(importModuleDynamically);
    return contextObject === constants.DONT_CONTEXTIFY ? host.makeGlobal() : host.makeContext(contextObject);
  }

  function createScript(code, options) {
    return new Script(code, options);
  }

  const withName = (options) => (typeof options === 'string' ? { filename: options } : options);

  function runInContext(code, contextifiedObject, options) {
    contextOf(contextifiedObject);
    options = { ...withName(options), [Symbol('context')]: contextifiedObject };
    return createScript(code, options).runInContext(contextifiedObject, options);
  }

  function runInNewContext(code, contextObject, options) {
    if (contextObject !== undefined && contextObject !== constants.DONT_CONTEXTIFY && !isObjectOrFunction(contextObject)) {
      host.argType('contextObject', contextObject, 'object');
    }
    options = withName(options);
    return runInContext(code, createContext(contextObject, newContextOptions(options)), options);
  }

  function runInThisContext(code, options) {
    options = withName(options);
    return createScript(code, options).runInThisContext(options);
  }

  function isContext(object) {
    if (!isObjectOrFunction(object)) host.argType('object', object, 'Object');
    return host.isContext(object);
  }

  function compileFunction(code, params, options = {}) {
    host.checkString(code, 'code');
    if (params !== undefined) host.checkStrings(params, 'params');
    host.checkObject(options, 'options');
    const { filename = '', columnOffset = 0, lineOffset = 0, cachedData, produceCachedData = false, parsingContext, contextExtensions = [],
      importModuleDynamically } = options;
    host.checkString(filename, 'options.filename');
    host.checkInt32(columnOffset, 'options.columnOffset');
    host.checkInt32(lineOffset, 'options.lineOffset');
    checkData(cachedData, 'options.cachedData');
    host.checkBoolean(produceCachedData, 'options.produceCachedData');
    if (parsingContext !== undefined && (!isObject(parsingContext) || !host.isContext(parsingContext))) {
      host.argType('options.parsingContext', parsingContext, 'Context');
    }
    host.checkArray(contextExtensions, 'options.contextExtensions');
    contextExtensions.forEach((e, i) => host.checkObject(e, `options.contextExtensions[${i}]`));
    checkImport(importModuleDynamically);
    const fn = host.compileFunction(code, filename, lineOffset, columnOffset, params ?? [], parsingContext, contextExtensions,
      importsOf(importModuleDynamically, () => fn));
    const text = `${(params ?? []).join()}\0${code}`;
    if (produceCachedData) {
      fn.cachedDataProduced = true;
      fn.cachedData = host.digest(text);
    }
    if (cachedData !== undefined) fn.cachedDataRejected = !matches(cachedData, host.digest(text));
    return fn;
  }

  let warned = false;

  function measureMemory(options = {}) {
    host.checkObject(options, 'options');
    const { mode = 'summary', execution = 'default' } = options;
    const oneOf = (v, name, list) => {
      if (!list.includes(v)) host.argValue(name, v, `must be one of: ${list.map((e) => `'${e}'`).join(', ')}`);
    };
    oneOf(mode, 'options.mode', ['summary', 'detailed']);
    oneOf(execution, 'options.execution', ['default', 'eager']);
    if (!warned) process.emitWarning('vm.measureMemory is an experimental feature and might change at any time', 'ExperimentalWarning');
    warned = true;
    // One heap holds all contexts.
    const used = process.memoryUsage().heapUsed;
    const figures = () => ({ jsMemoryEstimate: used, jsMemoryRange: [used, used] });
    const result = mode === 'summary' ? { total: figures() } : { total: figures(), current: figures(), other: [] };
    return Promise.resolve({ ...result, WebAssembly: { code: 0, metadata: 0 } });
  }

  const exports = { Script, createContext, createScript, runInContext, runInNewContext, runInThisContext, isContext, compileFunction, measureMemory, constants };
  if (modules) Object.assign(exports, { Module: modules.Module, SourceTextModule: modules.SourceTextModule, SyntheticModule: modules.SyntheticModule });
  return exports;
})
