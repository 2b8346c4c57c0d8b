// The classes of node:vm for ECMAScript modules
// (https://nodejs.org/docs/latest-v24.x/api/vm.html#class-vmmodule). What they
// know of a module lies in a handle that Go has made.
(function (host) {
  const { inspect, types: { isArrayBufferView } } = host.require('util');
  const { Buffer, process } = globalThis;
  const states = new WeakMap(); // of each module: its handle, context, and what linking found
  const counts = new WeakMap(); // of modules without a name, by context
  // Own properties that Node's modules have.
  const kWrap = Symbol('kWrap');
  const kContext = Symbol('kContext');
  let count = 0;
  let warned = false;

  const coded = (code, message, cause, kind = 'Error') => {
    const e = host.error(kind, code, message);
    if (cause !== undefined) Object.defineProperty(e, 'cause', { value: cause, configurable: true, writable: true });
    return e;
  };
  const badStatus = (what) => coded('ERR_VM_MODULE_STATUS', `Module status ${what}`);
  const notModule = () => coded('ERR_VM_MODULE_NOT_MODULE', 'Provided module is not an instance of Module');

  function stateOf(module, name = 'Module') {
    const state = module !== null && typeof module === 'object' ? states.get(module) : undefined;
    if (!state || (name === 'SyntheticModule' && !state.synthetic) || (name === 'SourceTextModule' && state.synthetic)) {
      throw coded('ERR_INVALID_THIS', `Value of "this" must be of type ${name}`, undefined, 'TypeError');
    }
    return state;
  }

  const isModule = (v) => v !== null && typeof v === 'object' && states.has(v);

  function nameFor(identifier, context) {
    if (identifier !== undefined) return host.checkString(identifier, 'options.identifier');
    let n;
    if (context === undefined) {
      n = count++;
    } else {
      n = counts.get(context) ?? 0;
      counts.set(context, n + 1);
    }
    return `vm:module(${n})`;
  }

  // A callback of import(): what it gives becomes a namespace.
  const importing = (callback, referrer) => async (specifier, attributes) => {
    const module = await callback(specifier, referrer(), attributes, 'evaluation');
    if (host.isNamespace(module)) return module;
    if (!isModule(module)) throw notModule();
    if (module.status === 'errored') throw module.error;
    return module.namespace;
  };

  class Module {
    constructor(options) {
      if (!warned) process.emitWarning('VM Modules is an experimental feature and might change at any time', 'ExperimentalWarning');
      warned = true;
      if (new.target === Module) throw new TypeError('Module is not a constructor');
      const { context, identifier, make } = options;
      if (context !== undefined) {
        host.checkObject(context, 'context');
        if (!host.isContext(context)) host.argType('options.context', context, 'vm.Context');
      }
      const name = nameFor(identifier, context);
      const state = { handle: make(name, this), context, synthetic: options.synthetic };
      states.set(this, state);
      this[kWrap] = state.handle;
      this[kContext] = context;
    }

    get identifier() { return host.moduleName(stateOf(this).handle); }

    get context() { return stateOf(this).context; }

    get namespace() {
      const { handle } = stateOf(this);
      if (host.moduleStatus(handle) === 'unlinked') throw badStatus('must not be unlinked or linking');
      return host.moduleNamespace(handle);
    }

    get status() { return host.moduleStatus(stateOf(this).handle); }

    get error() {
      const { handle } = stateOf(this);
      if (host.moduleStatus(handle) !== 'errored') throw badStatus('must be errored');
      return host.moduleError(handle);
    }

    async link(linker) {
      const state = stateOf(this);
      host.checkFunction(linker, 'linker');
      if (this.status === 'linked') throw coded('ERR_VM_MODULE_ALREADY_LINKED', 'Module has already been linked');
      if (this.status !== 'unlinked') throw badStatus('must be unlinked');
      await linkWith(this, linker);
      host.moduleInstantiate(state.handle);
    }

    evaluate(options = {}) {
      try {
        const { handle } = stateOf(this);
        host.checkObject(options, 'options');
        const { timeout, breakOnSigint = false } = options;
        if (timeout !== undefined) host.checkUint32(timeout, 'options.timeout', true);
        host.checkBoolean(breakOnSigint, 'options.breakOnSigint');
        const status = host.moduleStatus(handle);
        if (status === 'unlinked' || status === 'evaluating') throw badStatus('must be one of linked, evaluated, or errored');
        return host.moduleEvaluate(handle, timeout, breakOnSigint);
      } catch (e) {
        return Promise.reject(e);
      }
    }

    [inspect.custom](depth, options) {
      stateOf(this);
      if (typeof depth === 'number' && depth < 0) return this;
      const shown = Object.create(Object.getPrototypeOf(this));
      for (const name of ['status', 'identifier', 'context']) Object.defineProperty(shown, name, { value: this[name], enumerable: true });
      return inspect(shown, { ...options, customInspect: false });
    }
  }

  // Asks the linker for each request of a module, and of those that it names.
  async function linkWith(module, linker) {
    const state = stateOf(module);
    state.override = 'linking';
    const answers = state.requests.map(({ specifier, attributes }) => (
      Promise.resolve(linker(specifier, module, { attributes, assert: attributes })).then(async (found) => {
        if (!isModule(found)) throw notModule();
        if (found.context !== module.context) {
          throw coded('ERR_VM_MODULE_DIFFERENT_CONTEXT', 'Linked modules must use the same context');
        }
        if (found.status === 'errored') {
          throw coded('ERR_VM_MODULE_LINK_FAILURE', `request for '${specifier}' resolved to an errored module`, found.error);
        }
        if (found.status === 'unlinked') await linkWith(found, linker);
        return states.get(found).handle;
      })));
    try {
      host.moduleLink(state.handle, await Promise.all(answers));
    } catch (e) {
      state.failed = true;
      state.error = e;
      throw e;
    } finally {
      state.override = undefined;
    }
  }

  const digestOf = (text) => host.digest(`module\0${text}`);

  class SourceTextModule extends Module {
    constructor(sourceText, options = {}) {
      host.checkString(sourceText, 'sourceText');
      host.checkObject(options, 'options');
      const { lineOffset = 0, columnOffset = 0, initializeImportMeta, importModuleDynamically, context, identifier, cachedData } = options;
      host.checkInt32(lineOffset, 'options.lineOffset');
      host.checkInt32(columnOffset, 'options.columnOffset');
      if (initializeImportMeta !== undefined) host.checkFunction(initializeImportMeta, 'options.initializeImportMeta');
      if (importModuleDynamically !== undefined) host.checkFunction(importModuleDynamically, 'options.importModuleDynamically');
      if (cachedData !== undefined && !isArrayBufferView(cachedData)) {
        host.argType('options.cachedData', cachedData, 'Buffer', 'TypedArray', 'DataView');
      }
      super({
        context,
        identifier,
        make(name, module) {
          if (cachedData !== undefined &&
              !Buffer.from(cachedData.buffer, cachedData.byteOffset, cachedData.byteLength).equals(digestOf(sourceText))) {
            throw coded('ERR_VM_MODULE_CACHED_DATA_REJECTED', 'cachedData buffer was rejected');
          }
          return host.moduleOfText(sourceText, name, lineOffset, columnOffset, context,
            importModuleDynamically ? importing(importModuleDynamically, () => module) : 'missing',
            initializeImportMeta && ((meta) => { initializeImportMeta(meta, module); }));
        },
      });
      const state = states.get(this);
      state.text = sourceText;
      state.requests = Object.freeze(host.moduleRequests(state.handle).map((r) => {
        Object.freeze(r.attributes);
        return Object.freeze(r);
      }));
    }

    linkRequests(modules) {
      const { handle, requests } = stateOf(this, 'SourceTextModule');
      if (this.status !== 'unlinked') throw badStatus('must be unlinked');
      if (!Array.isArray(modules)) host.argType('modules', modules, 'Array');
      if (modules.length !== requests.length) {
        throw coded('ERR_MODULE_LINK_MISMATCH', `Expected ${requests.length} modules, got ${modules.length}`, undefined, 'TypeError');
      }
      host.moduleLink(handle, modules.map((module) => {
        if (!isModule(module)) throw notModule();
        if (module.context !== this.context) throw coded('ERR_VM_MODULE_DIFFERENT_CONTEXT', 'Linked modules must use the same context');
        return states.get(module).handle;
      }));
    }

    instantiate() {
      const { handle } = stateOf(this, 'SourceTextModule');
      if (this.status !== 'unlinked') throw badStatus('must be unlinked');
      host.moduleInstantiate(handle);
    }

    get dependencySpecifiers() {
      const state = stateOf(this, 'SourceTextModule');
      return (state.specifiers ??= Object.freeze(state.requests.map((r) => r.specifier)));
    }

    get moduleRequests() { return stateOf(this, 'SourceTextModule').requests; }

    get status() {
      const state = stateOf(this);
      return state.failed ? 'errored' : state.override ?? super.status;
    }

    get error() {
      const state = stateOf(this);
      return state.failed ? state.error : super.error;
    }

    hasAsyncGraph() {
      const { handle } = stateOf(this, 'SourceTextModule');
      if (host.moduleStatus(handle) === 'unlinked') throw badStatus('must be instantiated');
      return host.moduleAsync(handle);
    }

    hasTopLevelAwait() { return host.moduleAwaits(stateOf(this, 'SourceTextModule').handle); }

    createCachedData() {
      const { text } = stateOf(this, 'SourceTextModule');
      if (['evaluating', 'evaluated', 'errored'].includes(this.status)) {
        throw coded('ERR_VM_MODULE_CANNOT_CREATE_CACHED_DATA', 'Cached data cannot be created for a module which has been evaluated');
      }
      return digestOf(text);
    }
  }

  class SyntheticModule extends Module {
    constructor(exportNames, evaluateCallback, options = {}) {
      if (!Array.isArray(exportNames) || exportNames.some((name) => typeof name !== 'string')) {
        host.argType('exportNames', exportNames, 'Array of unique strings');
      }
      exportNames.forEach((name, i) => {
        if (exportNames.includes(name, i + 1)) host.argValue(`exportNames.${name}`, name, 'is duplicated');
      });
      host.checkFunction(evaluateCallback, 'evaluateCallback');
      host.checkObject(options, 'options');
      const { context, identifier } = options;
      super({
        context,
        identifier,
        synthetic: true,
        make: (name, module) => host.moduleOfSteps(exportNames, name, () => { Reflect.apply(evaluateCallback, module, []); }),
      });
      host.moduleInstantiate(states.get(this).handle);
    }

    link() { stateOf(this, 'SyntheticModule'); }

    setExport(name, value) {
      const { handle } = stateOf(this, 'SyntheticModule');
      host.checkString(name, 'name');
      host.moduleExport(handle, name, value);
    }
  }

  return { Module, SourceTextModule, SyntheticModule, importing };
})
