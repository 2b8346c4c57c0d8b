// WritableStream (https://streams.spec.whatwg.org/#ws). Functions take the state
// behind a stream, a writer or a controller.
(host, u) => {
  const { then, resolved, resolvedWith, rejected, handled, deferred, promiseCall, stateOf, need } = u;

  const closeSentinel = { close: true };

  class WritableStream {
    constructor(sink = {}, strategy = {}) {
      if (sink === null) sink = {};
      u.checkObject(sink, 'sink');
      u.checkObject(strategy, 'strategy', true);
      if (sink?.type !== undefined) throw u.argValue('type', sink.type, 'RangeError');
      const size = u.sizeOf(strategy?.size);
      const highWaterMark = u.highWaterMarkOf(strategy, 1);
      const s = init(this);
      const c = newController(s);
      const method = (name) => {
        const f = sink[name];
        if (f === undefined) return undefined;
        host.checkFunction(f, `sink.${name}`);
        return f;
      };
      const abort = method('abort');
      const close = method('close');
      const start = method('start');
      const write = method('write');
      setUp(s, c, {
        start: start === undefined ? u.noop : () => Reflect.apply(start, sink, [c.object]),
        write: write === undefined ? () => resolvedWith() : (chunk) => promiseCall(write, sink, chunk, c.object),
        close: close === undefined ? () => resolvedWith() : () => promiseCall(close, sink),
        abort: abort === undefined ? () => resolvedWith() : (reason) => promiseCall(abort, sink, reason),
      }, highWaterMark, size);
    }

    get locked() {
      return need(this, 'WritableStream').writer !== undefined;
    }

    abort(reason = undefined) {
      const s = stateOf(this, 'WritableStream');
      if (s === undefined) return rejected(host.invalidThis('WritableStream'));
      if (s.writer !== undefined) return rejected(host.invalidState('WritableStream is locked'));
      return abortStream(s, reason);
    }

    close() {
      const s = stateOf(this, 'WritableStream');
      if (s === undefined) return rejected(host.invalidThis('WritableStream'));
      if (s.writer !== undefined) return rejected(host.invalidState('WritableStream is locked'));
      if (closeQueuedOrInFlight(s)) return rejected(host.invalidState('Failure closing WritableStream'));
      return closeStream(s);
    }

    getWriter() {
      need(this, 'WritableStream');
      return new WritableStreamDefaultWriter(this);
    }
  }

  // init makes o a stream without a controller.
  function init(o) {
    return u.attach(o, {
      kind: 'WritableStream', object: o, state: 'writable', storedError: undefined, writer: undefined, controller: undefined,
      writeRequests: new u.Queue(), inFlightWrite: undefined, closeRequest: undefined, inFlightClose: undefined,
      pendingAbort: undefined, backpressure: false, watch: undefined,
    });
  }

  function newController(s) {
    const c = {
      kind: 'WritableStreamDefaultController', object: undefined, stream: s, queue: new u.Queue(), queueSize: 0,
      abortController: undefined, started: false, strategy: undefined, highWaterMark: 0, algorithms: undefined,
    };
    u.make(WritableStreamDefaultController, c);
    s.controller = c;
    return c;
  }

  // create makes a stream of functions: start, write, close, abort.
  function create(algorithms, highWaterMark = 1, size = () => 1) {
    const s = init(Object.create(WritableStream.prototype));
    setUp(s, newController(s), algorithms, highWaterMark, size);
    return s;
  }

  function setUp(s, c, algorithms, highWaterMark, size) {
    c.algorithms = algorithms;
    c.highWaterMark = highWaterMark;
    c.size = size;
    updateBackpressure(s, backpressureOf(c));
    const started = algorithms.start();
    then(resolvedWith(started), () => {
      c.started = true;
      advance(c);
    }, (e) => {
      c.started = true;
      dealWithRejection(s, e);
    });
  }

  const isLocked = (s) => s.writer !== undefined;
  const closeQueuedOrInFlight = (s) => s.closeRequest !== undefined || s.inFlightClose !== undefined;

  function abortStream(s, reason) {
    if (s.state === 'closed' || s.state === 'errored') return resolvedWith();
    s.controller.abortController?.abort(reason);
    s.controller.aborted = { reason };
    if (s.state === 'closed' || s.state === 'errored') return resolvedWith();
    if (s.pendingAbort !== undefined) return s.pendingAbort.d.promise;
    const wasErroring = s.state === 'erroring';
    if (wasErroring) reason = undefined;
    const d = deferred();
    s.pendingAbort = { d, reason, wasErroring };
    if (!wasErroring) startErroring(s, reason);
    return d.promise;
  }

  function closeStream(s) {
    if (s.state === 'closed' || s.state === 'errored') return rejected(host.invalidState('Stream is closed'));
    const d = deferred();
    s.closeRequest = d;
    if (s.writer !== undefined && s.backpressure && s.state === 'writable') s.writer.ready.resolve();
    u.enqueueWithSize(s.controller, closeSentinel, 0);
    advance(s.controller);
    return d.promise;
  }

  function dealWithRejection(s, e) {
    if (s.state === 'writable') startErroring(s, e);
    else finishErroring(s);
  }

  function startErroring(s, reason) {
    s.state = 'erroring';
    s.storedError = reason;
    if (s.writer !== undefined) rejectReady(s.writer, reason);
    if (!(s.inFlightWrite !== undefined || s.inFlightClose !== undefined) && s.controller.started) finishErroring(s);
  }

  function finishErroring(s) {
    s.state = 'errored';
    u.resetQueue(s.controller);
    const stored = s.storedError;
    while (s.writeRequests.length > 0) s.writeRequests.shift().reject(stored);
    if (s.pendingAbort === undefined) {
      rejectCloseAndClosed(s);
      return;
    }
    const abort = s.pendingAbort;
    s.pendingAbort = undefined;
    if (abort.wasErroring) {
      abort.d.reject(stored);
      rejectCloseAndClosed(s);
      return;
    }
    const { algorithms } = s.controller;
    const p = algorithms.abort(abort.reason);
    clearAlgorithms(s.controller);
    then(p, () => {
      abort.d.resolve();
      rejectCloseAndClosed(s);
    }, (e) => {
      abort.d.reject(e);
      rejectCloseAndClosed(s);
    });
  }

  function rejectCloseAndClosed(s) {
    s.watch?.reject(s.storedError);
    if (s.closeRequest !== undefined) {
      s.closeRequest.reject(s.storedError);
      s.closeRequest = undefined;
    }
    if (s.writer !== undefined) {
      s.writer.closed.reject(s.storedError);
      handled(s.writer.closed.promise);
    }
  }

  function updateBackpressure(s, backpressure) {
    if (s.writer !== undefined && backpressure !== s.backpressure) {
      if (backpressure) s.writer.ready = deferred();
      else s.writer.ready.resolve();
    }
    s.backpressure = backpressure;
  }

  // The default controller.

  class WritableStreamDefaultController {
    constructor() {
      u.illegal();
    }

    get signal() {
      const c = need(this, 'WritableStreamDefaultController');
      if (c.abortController === undefined) {
        c.abortController = new host.global.AbortController();
        if (c.aborted) c.abortController.abort(c.aborted.reason);
      }
      return c.abortController.signal;
    }

    error(error = undefined) {
      const c = need(this, 'WritableStreamDefaultController');
      if (c.stream.state === 'writable') controllerError(c, error);
    }
  }

  const backpressureOf = (c) => desiredSize(c) <= 0;
  const desiredSize = (c) => c.highWaterMark - c.queueSize;

  function clearAlgorithms(c) {
    c.algorithms = undefined;
    c.size = undefined;
  }

  function controllerError(c, error) {
    clearAlgorithms(c);
    startErroring(c.stream, error);
  }

  function errorIfNeeded(c, error) {
    if (c.stream.state === 'writable') controllerError(c, error);
  }

  function chunkSize(c, chunk) {
    if (c.size === undefined) return 1;
    try {
      const { size } = c;
      return size(chunk);
    } catch (e) {
      errorIfNeeded(c, e);
      return 1;
    }
  }

  function controllerWrite(c, chunk, size) {
    try {
      u.enqueueWithSize(c, chunk, size);
    } catch (e) {
      errorIfNeeded(c, e);
      return;
    }
    const s = c.stream;
    if (!closeQueuedOrInFlight(s) && s.state === 'writable') updateBackpressure(s, backpressureOf(c));
    advance(c);
  }

  // advance is WritableStreamDefaultControllerAdvanceQueueIfNeeded.
  function advance(c) {
    const s = c.stream;
    if (!c.started || s.inFlightWrite !== undefined) return;
    if (s.state === 'erroring') {
      finishErroring(s);
      return;
    }
    if (c.queue.length === 0) return;
    const { value } = c.queue.peek();
    if (value === closeSentinel) processClose(c);
    else processWrite(c, value);
  }

  function processClose(c) {
    const s = c.stream;
    s.inFlightClose = s.closeRequest;
    s.closeRequest = undefined;
    u.dequeue(c);
    const p = c.algorithms.close();
    clearAlgorithms(c);
    then(p, () => {
      s.inFlightClose.resolve();
      s.inFlightClose = undefined;
      if (s.state === 'erroring') {
        s.storedError = undefined;
        if (s.pendingAbort !== undefined) {
          s.pendingAbort.d.resolve();
          s.pendingAbort = undefined;
        }
      }
      s.state = 'closed';
      s.watch?.resolve();
      if (s.writer !== undefined) s.writer.closed.resolve();
    }, (e) => {
      s.inFlightClose.reject(e);
      s.inFlightClose = undefined;
      if (s.pendingAbort !== undefined) {
        s.pendingAbort.d.reject(e);
        s.pendingAbort = undefined;
      }
      dealWithRejection(s, e);
    });
  }

  function processWrite(c, chunk) {
    const s = c.stream;
    s.inFlightWrite = s.writeRequests.shift();
    then(c.algorithms.write(chunk), () => {
      s.inFlightWrite.resolve();
      s.inFlightWrite = undefined;
      u.dequeue(c);
      if (!closeQueuedOrInFlight(s) && s.state === 'writable') updateBackpressure(s, backpressureOf(c));
      advance(c);
    }, (e) => {
      if (s.state === 'writable') clearAlgorithms(c);
      s.inFlightWrite.reject(e);
      s.inFlightWrite = undefined;
      dealWithRejection(s, e);
    });
  }

  // Writers.

  class WritableStreamDefaultWriter {
    constructor(stream) {
      const s = stateOf(stream, 'WritableStream');
      if (s === undefined) host.argType('stream', stream, 'WritableStream');
      setUpWriter(u.attach(this, { kind: 'WritableStreamDefaultWriter', object: this, stream: undefined, ready: undefined, closed: undefined }), s);
    }

    get closed() {
      const w = stateOf(this, 'WritableStreamDefaultWriter');
      return w === undefined ? rejected(host.invalidThis('WritableStreamDefaultWriter')) : w.closed.promise;
    }

    get desiredSize() {
      const w = need(this, 'WritableStreamDefaultWriter');
      if (w.stream === undefined) throw host.invalidState('Writer is not bound to a WritableStream');
      return writerDesiredSize(w);
    }

    get ready() {
      const w = stateOf(this, 'WritableStreamDefaultWriter');
      return w === undefined ? rejected(host.invalidThis('WritableStreamDefaultWriter')) : w.ready.promise;
    }

    abort(reason = undefined) {
      const w = stateOf(this, 'WritableStreamDefaultWriter');
      if (w === undefined) return rejected(host.invalidThis('WritableStreamDefaultWriter'));
      if (w.stream === undefined) return rejected(host.invalidState('Writer is not bound to a WritableStream'));
      return abortStream(w.stream, reason);
    }

    close() {
      const w = stateOf(this, 'WritableStreamDefaultWriter');
      if (w === undefined) return rejected(host.invalidThis('WritableStreamDefaultWriter'));
      if (w.stream === undefined) return rejected(host.invalidState('Writer is not bound to a WritableStream'));
      if (closeQueuedOrInFlight(w.stream)) return rejected(host.invalidState('Failure to close WritableStream'));
      return closeStream(w.stream);
    }

    releaseLock() {
      const w = need(this, 'WritableStreamDefaultWriter');
      if (w.stream !== undefined) releaseWriter(w);
    }

    write(chunk = undefined) {
      const w = stateOf(this, 'WritableStreamDefaultWriter');
      if (w === undefined) return rejected(host.invalidThis('WritableStreamDefaultWriter'));
      if (w.stream === undefined) return rejected(host.invalidState('Writer is not bound to a WritableStream'));
      return write(w, chunk);
    }
  }

  function setUpWriter(w, s) {
    if (isLocked(s)) throw host.invalidState('WritableStream is locked');
    w.stream = s;
    s.writer = w;
    w.ready = deferred();
    w.closed = deferred();
    switch (s.state) {
      case 'writable':
        if (closeQueuedOrInFlight(s) || !s.backpressure) w.ready.resolve();
        break;
      case 'erroring':
        w.ready.reject(s.storedError);
        handled(w.ready.promise);
        break;
      case 'closed':
        w.ready.resolve();
        w.closed.resolve();
        break;
      default:
        w.ready.reject(s.storedError);
        handled(w.ready.promise);
        w.closed.reject(s.storedError);
        handled(w.closed.promise);
    }
  }

  function acquireWriter(s) {
    const w = { kind: 'WritableStreamDefaultWriter', object: undefined, stream: undefined, ready: undefined, closed: undefined };
    setUpWriter(w, s);
    u.make(WritableStreamDefaultWriter, w);
    return w;
  }

  function rejectReady(w, error) {
    if (w.ready.settled) w.ready = deferred();
    w.ready.reject(error);
    handled(w.ready.promise);
  }

  function writerDesiredSize(w) {
    const s = w.stream;
    switch (s.state) {
      case 'errored':
      case 'erroring':
        return null;
      case 'closed':
        return 0;
    }
    return desiredSize(s.controller);
  }

  function releaseWriter(w) {
    const error = host.invalidState('Writer has been released');
    rejectReady(w, error);
    if (w.closed.settled) w.closed = deferred();
    w.closed.reject(error);
    handled(w.closed.promise);
    w.stream.writer = undefined;
    w.stream = undefined;
  }

  function write(w, chunk) {
    const s = w.stream;
    const c = s.controller;
    const size = chunkSize(c, chunk);
    if (s !== w.stream) return rejected(host.invalidState('Mismatched WritableStreams'));
    if (s.state === 'errored') return rejected(s.storedError);
    if (closeQueuedOrInFlight(s) || s.state === 'closed') return rejected(host.invalidState('WritableStream is closed'));
    if (s.state === 'erroring') return rejected(s.storedError);
    const d = deferred();
    s.writeRequests.push(d);
    controllerWrite(c, chunk, size);
    return d.promise;
  }

  function closeWithErrorPropagation(w) {
    const s = w.stream;
    if (closeQueuedOrInFlight(s) || s.state === 'closed') return resolvedWith();
    if (s.state === 'errored') return rejected(s.storedError);
    return closeStream(s);
  }

  u.webClass(WritableStream, (o) => {
    const s = need(o, 'WritableStream');
    return { locked: s.writer !== undefined, state: s.state };
  });
  u.webClass(WritableStreamDefaultWriter, (o) => {
    const w = need(o, 'WritableStreamDefaultWriter');
    return { stream: w.stream?.object, close: w.closed.promise, ready: w.ready.promise, desiredSize: o.desiredSize };
  });
  u.webClass(WritableStreamDefaultController, (o) => ({ stream: need(o, 'WritableStreamDefaultController').stream.object }));

  return {
    classes: { WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter },
    create, init, isLocked, closeQueuedOrInFlight, abortStream, closeStream, controllerError, errorIfNeeded,
    acquireWriter, releaseWriter, writerDesiredSize, write, closeWithErrorPropagation, resolved,
  };
};
