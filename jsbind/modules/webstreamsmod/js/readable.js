// ReadableStream, its default reader and default controller
// (https://streams.spec.whatwg.org/#rs). Functions take the state behind a
// stream, a reader or a controller. bytes.js has the byte controller.
(host, u) => {
  const { then, resolvedWith, rejected, handled, deferred, promiseCall, stateOf, need } = u;
  const parts = {}; // bytes.js, pipe.js and tee.js put themselves here

  class ReadableStream {
    constructor(source = {}, strategy = {}) {
      if (source === null) host.argType('source', source, 'Object');
      u.checkObject(source, 'source');
      u.checkObject(strategy, 'strategy', true);
      const s = init(this);
      const type = source.type;
      const size = strategy?.size;
      if (`${type}` === 'bytes' && type !== undefined) {
        if (size !== undefined) throw u.argValue('strategy.size', size, 'RangeError');
        parts.bytes.setUpFromSource(s, source, u.highWaterMarkOf(strategy, 0));
        return;
      }
      if (type !== undefined) throw u.argValue('source.type', type);
      setUpFromSource(s, source, u.highWaterMarkOf(strategy, 1), u.sizeOf(size));
    }

    get locked() {
      return isLocked(need(this, 'ReadableStream'));
    }

    static from(iterable) {
      return parts.pipe.from(iterable).object;
    }

    cancel(reason = undefined) {
      const s = stateOf(this, 'ReadableStream');
      if (s === undefined) return rejected(host.invalidThis('ReadableStream'));
      if (isLocked(s)) return rejected(host.invalidState('ReadableStream is locked'));
      return cancel(s, reason);
    }

    getReader(options = {}) {
      const s = need(this, 'ReadableStream');
      u.checkObject(options, 'options', true);
      const mode = options?.mode;
      if (mode === undefined) return acquireReader(s).object;
      if (`${mode}` !== 'byob') throw u.argValue('options.mode', mode);
      return parts.bytes.acquireReader(s).object;
    }

    pipeThrough(transform, options = {}) {
      const s = need(this, 'ReadableStream');
      const readable = transform?.readable;
      if (stateOf(readable, 'ReadableStream') === undefined) host.argType('transform.readable', readable, 'ReadableStream');
      const writable = stateOf(transform?.writable, 'WritableStream');
      if (writable === undefined) host.argType('transform.writable', transform?.writable, 'WritableStream');
      const o = parts.pipe.options(options);
      if (isLocked(s)) throw host.invalidState('The ReadableStream is locked');
      if (writable.writer !== undefined) throw host.invalidState('The WritableStream is locked');
      handled(parts.pipe.pipeTo(s, writable, o));
      return readable;
    }

    pipeTo(destination, options = {}) {
      try {
        const s = need(this, 'ReadableStream');
        const d = stateOf(destination, 'WritableStream');
        if (d === undefined) host.argType('transform.writable', destination, 'WritableStream');
        const o = parts.pipe.options(options);
        if (isLocked(s)) throw host.invalidState('The ReadableStream is locked');
        if (d.writer !== undefined) throw host.invalidState('The WritableStream is locked');
        return parts.pipe.pipeTo(s, d, o);
      } catch (e) {
        return rejected(e);
      }
    }

    tee() {
      const s = need(this, 'ReadableStream');
      return parts.tee.tee(s).map((branch) => branch.object);
    }

    values(options = {}) {
      const s = need(this, 'ReadableStream');
      u.checkObject(options, 'options', true);
      return parts.iterate(s, !!options?.preventCancel);
    }
  }

  function init(o) {
    return u.attach(o, {
      kind: 'ReadableStream', object: o, state: 'readable', reader: undefined, storedError: undefined, disturbed: false,
      controller: undefined, watch: undefined,
    });
  }

  // create makes a stream of functions: start, pull, cancel.
  function create(algorithms, highWaterMark = 1, size = () => 1) {
    const s = init(Object.create(ReadableStream.prototype));
    setUp(s, newController(s), algorithms, highWaterMark, size);
    return s;
  }

  const isLocked = (s) => s.reader !== undefined;

  // algorithmsOf reads the members of an underlying source.
  function algorithmsOf(source, c) {
    const method = (name) => {
      const f = source[name];
      if (f === undefined) return undefined;
      host.checkFunction(f, `source.${name}`);
      return f;
    };
    const cancelMethod = method('cancel');
    const pull = method('pull');
    const start = method('start');
    return {
      start: start === undefined ? u.noop : () => Reflect.apply(start, source, [c.object]),
      pull: pull === undefined ? () => resolvedWith() : () => promiseCall(pull, source, c.object),
      cancel: cancelMethod === undefined ? () => resolvedWith() : (reason) => promiseCall(cancelMethod, source, reason),
    };
  }

  function cancel(s, reason) {
    s.disturbed = true;
    if (s.state === 'closed') return resolvedWith();
    if (s.state === 'errored') return rejected(s.storedError);
    close(s);
    const { reader } = s;
    if (reader?.intoRequests !== undefined) {
      const requests = reader.intoRequests;
      reader.intoRequests = new u.Queue();
      while (requests.length > 0) requests.shift().close(undefined);
    }
    return then(s.controller.cancelSteps(reason), u.noop);
  }

  function close(s) {
    s.state = 'closed';
    s.watch?.resolve();
    const { reader } = s;
    if (reader === undefined) return;
    reader.closed.resolve();
    if (reader.requests !== undefined) {
      const { requests } = reader;
      reader.requests = new u.Queue();
      while (requests.length > 0) requests.shift().close();
    }
  }

  function fail(s, error) {
    s.state = 'errored';
    s.storedError = error;
    s.watch?.reject(error);
    const { reader } = s;
    if (reader === undefined) return;
    reader.closed.reject(error);
    handled(reader.closed.promise);
    if (reader.requests !== undefined) rejectRequests(reader, error);
    else parts.bytes.rejectRequests(reader, error);
  }

  function fulfill(s, chunk, done) {
    const request = s.reader.requests.shift();
    if (done) request.close();
    else request.chunk(chunk);
  }

  const waiting = (s) => s.reader?.requests?.length ?? 0;

  // Readers.

  function initGeneric(r, s) {
    r.stream = s;
    s.reader = r;
    r.closed = deferred();
    if (s.state === 'closed') r.closed.resolve();
    else if (s.state === 'errored') {
      r.closed.reject(s.storedError);
      handled(r.closed.promise);
    }
  }

  function releaseGeneric(r) {
    const s = r.stream;
    const error = host.invalidState('Releasing reader');
    if (s.state !== 'readable') r.closed = deferred();
    r.closed.reject(error);
    handled(r.closed.promise);
    s.controller.releaseSteps();
    s.reader = undefined;
    r.stream = undefined;
  }

  const cancelReader = (r, kind, reason) => {
    if (r === undefined) return rejected(host.invalidThis(kind));
    if (r.stream === undefined) return rejected(host.invalidState('The reader is not attached to a stream'));
    return cancel(r.stream, reason);
  };

  class ReadableStreamDefaultReader {
    constructor(stream) {
      const s = stateOf(stream, 'ReadableStream');
      if (s === undefined) host.argType('stream', stream, 'ReadableStream');
      setUpReader(u.attach(this, newReader()), s);
    }

    read() {
      const r = stateOf(this, 'ReadableStreamDefaultReader');
      if (r === undefined) return rejected(host.invalidThis('ReadableStreamDefaultReader'));
      if (r.stream === undefined) return rejected(host.invalidState('The reader is not attached to a stream'));
      const d = deferred();
      read(r, {
        chunk: (value) => d.resolve({ value, done: false }),
        close: () => d.resolve({ value: undefined, done: true }),
        error: d.reject,
      });
      return d.promise;
    }

    releaseLock() {
      const r = need(this, 'ReadableStreamDefaultReader');
      if (r.stream !== undefined) releaseReader(r);
    }

    get closed() {
      const r = stateOf(this, 'ReadableStreamDefaultReader');
      return r === undefined ? rejected(host.invalidThis('ReadableStreamDefaultReader')) : r.closed.promise;
    }

    cancel(reason = undefined) {
      return cancelReader(stateOf(this, 'ReadableStreamDefaultReader'), 'ReadableStreamDefaultReader', reason);
    }
  }

  const newReader = () => ({ kind: 'ReadableStreamDefaultReader', object: undefined, stream: undefined, closed: undefined, requests: new u.Queue() });

  function setUpReader(r, s) {
    if (isLocked(s)) throw host.invalidState('ReadableStream is locked');
    initGeneric(r, s);
    r.requests = new u.Queue();
  }

  function acquireReader(s) {
    const r = newReader();
    setUpReader(r, s);
    u.make(ReadableStreamDefaultReader, r);
    return r;
  }

  // read asks for a chunk; request has chunk(value), close(), error(e).
  function read(r, request) {
    const s = r.stream;
    s.disturbed = true;
    if (s.state === 'closed') request.close();
    else if (s.state === 'errored') request.error(s.storedError);
    else s.controller.pullSteps(request);
  }

  function releaseReader(r) {
    releaseGeneric(r);
    rejectRequests(r, host.invalidState('Releasing reader'));
  }

  function rejectRequests(r, error) {
    const { requests } = r;
    r.requests = new u.Queue();
    while (requests.length > 0) requests.shift().error(error);
  }

  // The default controller.

  class ReadableStreamDefaultController {
    constructor() {
      u.illegal();
    }

    get desiredSize() {
      return desiredSize(need(this, 'ReadableStreamDefaultController'));
    }

    close() {
      const c = need(this, 'ReadableStreamDefaultController');
      if (!canCloseOrEnqueue(c)) throw host.invalidState('Controller is already closed');
      controllerClose(c);
    }

    enqueue(chunk = undefined) {
      const c = need(this, 'ReadableStreamDefaultController');
      if (!canCloseOrEnqueue(c)) throw host.invalidState('Controller is already closed');
      enqueue(c, chunk);
    }

    error(error = undefined) {
      controllerError(need(this, 'ReadableStreamDefaultController'), error);
    }
  }

  function newController(s) {
    const c = {
      kind: 'ReadableStreamDefaultController', object: undefined, stream: s, queue: new u.Queue(), queueSize: 0, started: false,
      closeRequested: false, pullAgain: false, pulling: false, highWaterMark: 0, size: undefined, algorithms: undefined,
      cancelSteps: undefined, pullSteps: undefined, releaseSteps: u.noop,
    };
    u.make(ReadableStreamDefaultController, c);
    s.controller = c;
    c.cancelSteps = (reason) => {
      u.resetQueue(c);
      const p = c.algorithms.cancel(reason);
      clearAlgorithms(c);
      return p;
    };
    c.pullSteps = (request) => {
      if (c.queue.length > 0) {
        const chunk = u.dequeue(c);
        if (c.closeRequested && c.queue.length === 0) {
          clearAlgorithms(c);
          close(s);
        } else {
          pullIfNeeded(c);
        }
        request.chunk(chunk);
        return;
      }
      s.reader.requests.push(request);
      pullIfNeeded(c);
    };
    return c;
  }

  function setUpFromSource(s, source, highWaterMark, size) {
    const c = newController(s);
    setUp(s, c, algorithmsOf(source, c), highWaterMark, size);
  }

  function setUp(s, c, algorithms, highWaterMark, size) {
    c.algorithms = algorithms;
    c.highWaterMark = highWaterMark;
    c.size = size;
    then(resolvedWith(algorithms.start()), () => {
      c.started = true;
      pullIfNeeded(c);
    }, (e) => controllerError(c, e));
  }

  function clearAlgorithms(c) {
    c.algorithms = undefined;
    c.size = undefined;
  }

  function shouldPull(c) {
    const s = c.stream;
    if (!canCloseOrEnqueue(c) || !c.started) return false;
    if (isLocked(s) && waiting(s) > 0) return true;
    return desiredSize(c) > 0;
  }

  function pullIfNeeded(c) {
    if (!shouldPull(c)) return;
    if (c.pulling) {
      c.pullAgain = true;
      return;
    }
    c.pulling = true;
    then(c.algorithms.pull(), () => {
      c.pulling = false;
      if (c.pullAgain) {
        c.pullAgain = false;
        pullIfNeeded(c);
      }
    }, (e) => controllerError(c, e));
  }

  function controllerClose(c) {
    if (!canCloseOrEnqueue(c)) return;
    c.closeRequested = true;
    if (c.queue.length === 0) {
      clearAlgorithms(c);
      close(c.stream);
    }
  }

  function enqueue(c, chunk) {
    if (!canCloseOrEnqueue(c)) return;
    const s = c.stream;
    if (isLocked(s) && waiting(s) > 0) {
      fulfill(s, chunk, false);
    } else {
      try {
        const { size } = c;
        u.enqueueWithSize(c, chunk, size(chunk));
      } catch (e) {
        controllerError(c, e);
        throw e;
      }
    }
    pullIfNeeded(c);
  }

  function controllerError(c, error) {
    if (c.stream.state !== 'readable') return;
    u.resetQueue(c);
    clearAlgorithms(c);
    fail(c.stream, error);
  }

  function desiredSize(c) {
    switch (c.stream.state) {
      case 'errored':
        return null;
      case 'closed':
        return 0;
    }
    return c.highWaterMark - c.queueSize;
  }

  const canCloseOrEnqueue = (c) => !c.closeRequested && c.stream.state === 'readable';

  u.webClass(ReadableStream, (o) => {
    const s = need(o, 'ReadableStream');
    return { locked: isLocked(s), state: s.state, supportsBYOB: s.controller.kind === 'ReadableByteStreamController' };
  });
  Object.defineProperty(ReadableStream, 'from', { enumerable: true });
  Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, {
    value: ReadableStream.prototype.values, writable: true, enumerable: false, configurable: true,
  });
  u.webClass(ReadableStreamDefaultReader, (o) => {
    const r = need(o, 'ReadableStreamDefaultReader');
    return { stream: r.stream?.object, readRequests: r.requests.length, close: r.closed.promise };
  });
  u.webClass(ReadableStreamDefaultController, () => ({}));

  return Object.assign(parts, {
    classes: { ReadableStream, ReadableStreamDefaultReader, ReadableStreamDefaultController },
    init, create, isLocked, algorithmsOf, cancel, close, fail, fulfill, waiting, initGeneric, releaseGeneric, cancelReader,
    acquireReader, read, releaseReader, controllerClose, enqueue, controllerError, desiredSize, canCloseOrEnqueue,
    backpressure: (c) => !shouldPull(c),
  });
};
