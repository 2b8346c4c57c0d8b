// node:domain (https://nodejs.org/docs/latest-v24.x/api/domain.html).
(function (host) {
  const EventEmitter = host.require('events');
  const { AsyncLocalStorage, executionAsyncId } = host.require('async_hooks');
  const { process } = globalThis;

  // The stack of entered domains is part of the asynchronous context. Work that
  // begins in a domain and is done later has that domain alone on its stack.
  const context = new AsyncLocalStorage();

  function getStack() {
    const s = context.getStore();
    if (s === undefined) return [];
    if (s.id !== executionAsyncId() && s.stack.length > 1) return s.stack.slice(-1);
    return s.stack;
  }

  const setStack = (stack) => context.enterWith({ stack, id: executionAsyncId() });
  const active = () => getStack().at(-1);
  let seen = false; // a domain was entered

  class Domain extends EventEmitter {
    constructor() {
      super();
      this.members = [];
    }

    // Tells the domain of an exception; what its listener throws goes to the
    // domain around it. True if it was handled.
    _errorHandler(er) {
      mark(er, this, { domainThrown: true });
      let handled = false;
      const stack = getStack();
      if (this === stack.at(-1) && stack.length === 1) {
        if (this.listenerCount('error') > 0) {
          setStack([]);
          handled = emit.call(this, 'error', er);
        }
      } else {
        setStack(stack.slice(0, stack.lastIndexOf(this)));
        try {
          handled = this.listenerCount('error') > 0 && emit.call(this, 'error', er);
          if (!handled) throw er;
        } catch (er2) {
          const outer = active();
          if (outer === undefined) throw er2;
          handled = outer._errorHandler(er2);
        }
      }
      setStack([]);
      return handled;
    }

    enter() {
      seen = true;
      setStack([...getStack(), this]);
    }

    exit() {
      const stack = getStack();
      const i = stack.lastIndexOf(this);
      if (i !== -1) setStack(stack.slice(0, i));
    }

    add(ee) {
      if (ee.domain === this) return;
      if (ee.domain) ee.domain.remove(ee);
      // A domain is never inside itself.
      if (this.domain && ee instanceof Domain) {
        for (let d = this.domain; d; d = d.domain) {
          if (ee === d) return;
        }
      }
      Object.defineProperty(ee, 'domain', { configurable: true, enumerable: false, value: this, writable: true });
      this.members.push(ee);
    }

    remove(ee) {
      ee.domain = null;
      const i = this.members.indexOf(ee);
      if (i !== -1) this.members.splice(i, 1);
    }

    run(fn) {
      this.enter();
      const result = Reflect.apply(fn, this, Array.prototype.slice.call(arguments, 1));
      this.exit();
      return result;
    }

    intercept(cb) {
      const self = this;
      function runIntercepted(er, ...rest) {
        if (er) {
          mark(er, self, { domainBound: cb, domainThrown: false });
          self.emit('error', er);
          return undefined;
        }
        return within(self, cb, this, rest);
      }
      return runIntercepted;
    }

    bind(cb) {
      const self = this;
      function runBound(...args) { return within(self, cb, this, args); }
      Object.defineProperty(runBound, 'domain', { configurable: true, enumerable: false, value: this, writable: true });
      return runBound;
    }
  }

  function within(domain, fn, self, args) {
    domain.enter();
    const result = Reflect.apply(fn, self, args);
    domain.exit();
    return result;
  }

  function mark(er, domain, props) {
    if ((typeof er !== 'object' || er === null) && typeof er !== 'function') return;
    Object.defineProperty(er, 'domain', { configurable: true, enumerable: false, value: domain, writable: true });
    Object.assign(er, props);
  }

  if (process.hasUncaughtExceptionCaptureCallback()) {
    host.fail('Error', 'ERR_DOMAIN_CALLBACK_NOT_AVAILABLE', 'A callback was registered through process.setUncaughtExceptionCaptureCallback(), ' +
      'which is mutually exclusive with using the `domain` module');
  }
  const loaded = new Error('require(`domain`) at this point').stack.replace(/^Error: /, '');
  process.setUncaughtExceptionCaptureCallback = function(fn) {
    const e = host.error('Error', 'ERR_DOMAIN_CANNOT_SET_UNCAUGHT_EXCEPTION_CAPTURE',
      'The `domain` module is in use, which is mutually exclusive with calling process.setUncaughtExceptionCaptureCallback()');
    e.stack += `\n${'-'.repeat(40)}\n${loaded}`;
    throw e;
  };

  // An emitter made in a domain belongs to it.
  const { emit } = EventEmitter.prototype;
  EventEmitter.usingDomains = true;
  host.onEmitter((ee) => {
    const domain = active();
    Object.defineProperty(ee, 'domain', { configurable: true, enumerable: false, writable: true,
      value: domain && !(ee instanceof Domain) ? domain : null });
  });

  // Its listeners run in the domain, and its errors that nobody listens for are
  // the domain's.
  EventEmitter.prototype.emit = function(...args) {
    const { domain } = this;
    if (domain === null || domain === undefined || this === process) return Reflect.apply(emit, this, args);
    if (args[0] === 'error') {
      if (this.listenerCount('error') > 0) return Reflect.apply(emit, this, args);
      const er = args.length > 1 && args[1] ? args[1] : host.error('Error', 'ERR_UNHANDLED_ERROR', `Unhandled error. (${args[1]})`);
      if (typeof er === 'object') {
        er.domainEmitter = this;
        mark(er, domain, { domainThrown: false });
      }
      // The domain's listeners run outside of it.
      const stack = getStack();
      const i = stack.indexOf(domain);
      if (i !== -1) setStack(stack.slice(0, i));
      domain.emit('error', er);
      setStack(stack);
      return false;
    }
    return within(domain, emit, this, args);
  };

  host.onUncaught((er) => {
    const domain = active();
    if (domain === undefined || !domain._errorHandler(er)) return false;
    seen = false;
    return true;
  });

  Object.defineProperty(process, 'domain', { configurable: true, enumerable: true,
    get() { return active() ?? (seen ? undefined : null); }, set(v) { setStack(v ? [v] : []); } });

  const createDomain = function createDomain() { return new Domain(); };
  const exports = { _stack: [], Domain, createDomain, create: createDomain, active: null };
  Object.defineProperty(exports, '_stack', { configurable: true, enumerable: true, get: getStack });
  Object.defineProperty(exports, 'active', { configurable: true, enumerable: true, get: () => process.domain, set(v) { process.domain = v; } });
  return exports;
})
