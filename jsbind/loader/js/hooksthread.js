// The chains of hooks that module.register() has made, in the thread that runs
// them (https://nodejs.org/docs/latest-v24.x/api/module.html#asynchronous-version).
(function (host) {
  const chains = {
    resolve: [{ url: 'node:internal/modules/esm/resolve', hook: (specifier, context) => host.resolveDefault(specifier, context) }],
    load: [{ url: 'node:internal/modules/esm/load', hook: (url, context) => host.loadDefault(url, context) }],
  };

  const badValue = (hook, value) => host.error('TypeError', 'ERR_INVALID_RETURN_VALUE',
    `Expected an object to be returned from the "${hook}" function but got ${host.received(value)}.`);
  const badProperty = (expected, hook, name, value) => host.error('TypeError', 'ERR_INVALID_RETURN_PROPERTY_VALUE',
    `Expected ${expected} to be returned for the "${name}" from the "${hook}" hook but got ${host.received(value)}.`);

  let warned = false;

  // The name that importAttributes had once.
  function withAlias(context) {
    const warn = () => {
      if (!warned) process.emitWarning('Use `importAttributes` instead of `importAssertions`', 'ExperimentalWarning');
      warned = true;
    };
    return Object.defineProperty(context, 'importAssertions', {
      configurable: true,
      get() {
        warn();
        return this.importAttributes;
      },
      set(value) {
        warn();
        this.importAttributes = value;
      },
    });
  }

  function checkArgument(kind, where, value, context) {
    if (typeof value !== 'string') host.argType(`${where} ${kind === 'resolve' ? 'specifier' : 'url'}`, value, kind === 'resolve' ? 'string' : 'a URL string');
    if (kind === 'load' && !URL.canParse(value)) host.argValue(`${where} url`, value, 'should be a URL string');
    if (context) host.checkObject(context, `${where} context`);
  }

  function checkOutput(hook, output) {
    if (typeof output !== 'object' || output === null) throw badValue(hook, output);
  }

  // Runs a chain from its last hook on; each calls the one before it as next.
  async function run(kind, argument, context) {
    const chain = chains[kind];
    const state = { last: '', ended: false, short: false };
    const nextName = kind === 'resolve' ? 'nextResolve' : 'nextLoad';
    const next = (i) => Object.defineProperty(async (value = undefined, changes = undefined) => {
      const { url, hook } = chain[i];
      state.last = `${url} '${kind}'`;
      checkArgument(kind, `${state.last} hook's ${nextName}()`, value, changes);
      if (i === 0) state.ended = true;
      if (changes) Object.assign(context, changes);
      const output = await hook(value, context, i > 0 ? next(i - 1) : undefined);
      checkOutput(`${url} '${kind}' hook's ${nextName}()`, output);
      if (output.shortCircuit === true) state.short = true;
      return output;
    }, 'name', { value: nextName });
    const output = await next(chain.length - 1)(argument, context);
    checkOutput(state.last, output);
    if (!state.ended && !state.short) {
      throw host.error('Error', 'ERR_LOADER_CHAIN_INCOMPLETE', `"${state.last}" did not call the next hook in its chain and did not` +
        ' explicitly signal a short circuit. If this is intentional, include `shortCircuit: true` in the hook\'s return.');
    }
    return [output, state.last];
  }

  async function resolve(specifier, parentURL, importAttributes, conditions) {
    const context = withAlias({ conditions, importAttributes, parentURL });
    const [{ format, url, importAttributes: attributes }, hook] = await run('resolve', specifier, context);
    if (typeof url !== 'string' || !URL.canParse(url)) throw badProperty('a URL string', hook, 'url', url);
    if (attributes != null && typeof attributes !== 'object') throw badProperty('an object', hook, 'importAttributes', attributes);
    if (format != null && typeof format !== 'string') throw badProperty('a string', hook, 'format', format);
    return { format, url, importAttributes: attributes };
  }

  const isBytes = (v) => ArrayBuffer.isView(v) || v instanceof ArrayBuffer;

  async function load(url, format, importAttributes) {
    const context = withAlias({ format, importAttributes });
    const [output, hook] = await run('load', url, context);
    const { format: found, source } = output;
    if (found == null) throw badProperty('a non-null value', hook, 'format', found);
    if (typeof found !== 'string') throw badProperty('a string', hook, 'format', found);
    if (source != null && typeof source !== 'string' && !isBytes(source)) {
      throw badProperty('a string, an ArrayBuffer, or a TypedArray', hook, 'source', source);
    }
    return { format: found, source: source ?? null };
  }

  async function register(specifier, parentURL, data) {
    const { initialize, resolve, load } = await host.importModule(specifier, parentURL);
    if (resolve) chains.resolve.push({ url: specifier, hook: resolve });
    if (load) chains.load.push({ url: specifier, hook: load });
    await initialize?.(data);
  }

  // An error crosses with its class and its own properties.
  const classes = ['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];
  function describe(error) {
    if (!(error instanceof Error)) return { value: error };
    const properties = { message: error.message, stack: error.stack };
    for (const key of Object.keys(error)) {
      try {
        properties[key] = structuredClone(error[key]);
      } catch {
        // It stays behind.
      }
    }
    const hidden = Object.getOwnPropertyDescriptor(error, 'code');
    return { kind: classes.find((name) => error.name === name) ?? 'Error', properties, hidden: hidden && !hidden.enumerable ? hidden.value : undefined };
  }

  const operations = { register, resolve, load };

  return async (name, args, answer) => {
    let value;
    let failed = false;
    try {
      value = await operations[name](...args);
    } catch (e) {
      failed = true;
      value = describe(e);
    }
    try {
      answer(value, failed);
    } catch (e) {
      answer(describe(e), true);
    }
  };
})
