// ReadableByteStreamController, ReadableStreamBYOBReader and
// ReadableStreamBYOBRequest (https://streams.spec.whatwg.org/#rbs-controller-class).
(host, u, rs) => {
  const { then, resolvedWith, rejected, deferred, stateOf, need } = u;

  class ReadableByteStreamController {
    constructor() {
      u.illegal();
    }

    get byobRequest() {
      return byobRequest(need(this, 'ReadableByteStreamController'));
    }

    get desiredSize() {
      return desiredSize(need(this, 'ReadableByteStreamController'));
    }

    close() {
      const c = need(this, 'ReadableByteStreamController');
      if (c.closeRequested) throw host.invalidState('Controller is already closed');
      if (c.stream.state !== 'readable') throw host.invalidState('ReadableStream is already closed');
      close(c);
    }

    enqueue(chunk) {
      const c = need(this, 'ReadableByteStreamController');
      if (!host.isView(chunk)) host.argType('buffer', chunk, 'Buffer', 'TypedArray', 'DataView');
      if (host.viewLength(chunk) === 0 || host.bufferLength(host.viewBuffer(chunk)) === 0) {
        throw host.invalidState('chunk ArrayBuffer is zero-length or detached');
      }
      if (c.closeRequested) throw host.invalidState('Controller is already closed');
      if (c.stream.state !== 'readable') throw host.invalidState('ReadableStream is already closed');
      enqueue(c, chunk);
    }

    error(error = undefined) {
      fail(need(this, 'ReadableByteStreamController'), error);
    }
  }

  class ReadableStreamBYOBRequest {
    constructor() {
      u.illegal();
    }

    get view() {
      return need(this, 'ReadableStreamBYOBRequest').view;
    }

    respond(bytesWritten) {
      const q = need(this, 'ReadableStreamBYOBRequest');
      if (q.controller === undefined) throw host.invalidState('This BYOB request has been invalidated');
      if (q.view === null || host.isDetached(host.viewBuffer(q.view))) throw host.invalidState('Viewed ArrayBuffer is detached');
      respond(q.controller, +bytesWritten);
    }

    respondWithNewView(view) {
      const q = need(this, 'ReadableStreamBYOBRequest');
      if (q.controller === undefined) throw host.invalidState('This BYOB request has been invalidated');
      if (!host.isView(view)) host.argType('view', view, 'Buffer', 'TypedArray', 'DataView');
      if (host.isDetached(host.viewBuffer(view))) throw host.invalidState('Viewed ArrayBuffer is detached');
      respondWithNewView(q.controller, view);
    }
  }

  class ReadableStreamBYOBReader {
    constructor(stream) {
      const s = stateOf(stream, 'ReadableStream');
      if (s === undefined) host.argType('stream', stream, 'ReadableStream');
      setUpReader(u.attach(this, newReader()), s);
    }

    async read(view, options = {}) {
      const r = need(this, 'ReadableStreamBYOBReader');
      if (!host.isView(view)) host.argType('view', view, 'Buffer', 'TypedArray', 'DataView');
      u.checkObject(options, 'options', true);
      const byteLength = host.viewLength(view);
      const buffer = host.viewBuffer(view);
      if (byteLength === 0 || host.bufferLength(buffer) === 0) throw host.invalidState('View or Viewed ArrayBuffer is zero-length or detached');
      const min = options?.min ?? 1;
      if (typeof min !== 'number' || !Number.isInteger(min)) throw u.argValue('options.min', min, 'TypeError', 'must be an integer');
      if (min <= 0) throw u.argValue('options.min', min, 'TypeError', 'must be greater than 0');
      const isTyped = view[Symbol.toStringTag] !== 'DataView';
      if (min > (isTyped ? view.length : byteLength)) {
        throw host.error('RangeError', 'ERR_OUT_OF_RANGE', `The value of "options.min" is out of range. It must be <= ${isTyped ? 'view.length' : 'view.byteLength'}. Received ${min}`);
      }
      if (r.stream === undefined) throw host.invalidState('The reader is not attached to a stream');
      const d = deferred();
      readInto(r, view, min, {
        chunk: (value) => d.resolve({ value, done: false }),
        close: (value) => d.resolve({ value, done: true }),
        error: d.reject,
      });
      return d.promise;
    }

    releaseLock() {
      const r = need(this, 'ReadableStreamBYOBReader');
      if (r.stream !== undefined) releaseReader(r);
    }

    get closed() {
      const r = stateOf(this, 'ReadableStreamBYOBReader');
      return r === undefined ? rejected(host.invalidThis('ReadableStreamBYOBReader')) : r.closed.promise;
    }

    cancel(reason = undefined) {
      return rs.cancelReader(stateOf(this, 'ReadableStreamBYOBReader'), 'ReadableStreamBYOBReader', reason);
    }
  }

  // Readers.

  const newReader = () => ({ kind: 'ReadableStreamBYOBReader', object: undefined, stream: undefined, closed: undefined, intoRequests: new u.Queue() });

  function setUpReader(r, s) {
    if (rs.isLocked(s)) throw host.invalidState('ReadableStream is locked');
    if (s.controller.kind !== 'ReadableByteStreamController') throw u.argValue('stream', s.object, 'TypeError', 'must be a byte stream');
    rs.initGeneric(r, s);
    r.intoRequests = new u.Queue();
  }

  function acquireReader(s) {
    const r = newReader();
    setUpReader(r, s);
    u.make(ReadableStreamBYOBReader, r);
    return r;
  }

  function readInto(r, view, min, request) {
    const s = r.stream;
    s.disturbed = true;
    if (s.state === 'errored') request.error(s.storedError);
    else pullInto(s.controller, view, min, request);
  }

  function releaseReader(r) {
    rs.releaseGeneric(r);
    rejectRequests(r, host.invalidState('Releasing reader'));
  }

  function rejectRequests(r, error) {
    const requests = r.intoRequests;
    r.intoRequests = new u.Queue();
    while (requests.length > 0) requests.shift().error(error);
  }

  // The controller.

  function newController(s) {
    const c = {
      kind: 'ReadableByteStreamController', object: undefined, stream: s, pullAgain: false, pulling: false, byobRequest: null,
      queue: new u.Queue(), queueSize: 0, closeRequested: false, started: false, highWaterMark: 0, algorithms: undefined,
      autoAllocate: undefined, pendingPullIntos: [], cancelSteps: undefined, pullSteps: undefined, releaseSteps: undefined,
    };
    u.make(ReadableByteStreamController, c);
    s.controller = c;
    c.cancelSteps = (reason) => {
      c.pendingPullIntos = [];
      invalidateRequest(c);
      u.resetQueue(c);
      const p = c.algorithms.cancel(reason);
      clearAlgorithms(c);
      return p;
    };
    c.pullSteps = (request) => {
      if (c.queueSize > 0) {
        fillRequest(c, request);
        return;
      }
      if (c.autoAllocate !== undefined) {
        let buffer;
        try {
          buffer = new ArrayBuffer(c.autoAllocate);
        } catch (e) {
          request.error(e);
          return;
        }
        c.pendingPullIntos.push({
          buffer, bufferLength: c.autoAllocate, offset: 0, length: c.autoAllocate, filled: 0, min: 1, elementSize: 1,
          ctor: Uint8Array, reader: 'default',
        });
      }
      s.reader.requests.push(request);
      pullIfNeeded(c);
    };
    c.releaseSteps = () => {
      if (c.pendingPullIntos.length > 0) {
        const first = c.pendingPullIntos[0];
        first.reader = 'none';
        c.pendingPullIntos = [first];
      }
    };
    return c;
  }

  function setUpFromSource(s, source, highWaterMark) {
    const c = newController(s);
    const autoAllocate = source.autoAllocateChunkSize;
    if (autoAllocate !== undefined && (+autoAllocate === 0)) throw u.argValue('source.autoAllocateChunkSize', autoAllocate);
    if (autoAllocate !== undefined) host.checkInteger(autoAllocate, 'source.autoAllocateChunkSize', 1);
    setUp(s, c, rs.algorithmsOf(source, c), highWaterMark, autoAllocate);
  }

  // create makes a byte stream of functions: start, pull, cancel.
  function create(algorithms) {
    const s = rs.init(Object.create(rs.classes.ReadableStream.prototype));
    setUp(s, newController(s), algorithms, 0, undefined);
    return s;
  }

  function setUp(s, c, algorithms, highWaterMark, autoAllocate) {
    c.algorithms = algorithms;
    c.highWaterMark = highWaterMark;
    c.autoAllocate = autoAllocate;
    then(resolvedWith(algorithms.start()), () => {
      c.started = true;
      pullIfNeeded(c);
    }, (e) => fail(c, e));
  }

  function clearAlgorithms(c) {
    c.algorithms = undefined;
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
    }, (e) => fail(c, e));
  }

  function shouldPull(c) {
    const s = c.stream;
    if (s.state !== 'readable' || c.closeRequested || !c.started) return false;
    if (rs.waiting(s) > 0) return true;
    if (s.reader?.intoRequests?.length > 0) return true;
    return desiredSize(c) > 0;
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

  function invalidateRequest(c) {
    if (c.byobRequest === null) return;
    c.byobRequest.controller = undefined;
    c.byobRequest.view = null;
    c.byobRequest = null;
  }

  function byobRequest(c) {
    if (c.byobRequest === null && c.pendingPullIntos.length > 0) {
      const d = c.pendingPullIntos[0];
      const view = new Uint8Array(d.buffer, d.offset + d.filled, d.length - d.filled);
      c.byobRequest = { kind: 'ReadableStreamBYOBRequest', object: undefined, controller: c, view };
      u.make(ReadableStreamBYOBRequest, c.byobRequest);
    }
    return c.byobRequest === null ? null : c.byobRequest.object;
  }

  function close(c) {
    const s = c.stream;
    if (c.closeRequested || s.state !== 'readable') return;
    if (c.queueSize > 0) {
      c.closeRequested = true;
      return;
    }
    if (c.pendingPullIntos.length > 0) {
      const first = c.pendingPullIntos[0];
      if (first.filled % first.elementSize !== 0) {
        const e = host.invalidState('Partial read');
        fail(c, e);
        throw e;
      }
    }
    clearAlgorithms(c);
    rs.close(s);
  }

  function fail(c, error) {
    const s = c.stream;
    if (s.state !== 'readable') return;
    c.pendingPullIntos = [];
    invalidateRequest(c);
    u.resetQueue(c);
    clearAlgorithms(c);
    rs.fail(s, error);
  }

  function push(c, buffer, offset, length) {
    c.queue.push({ buffer, offset, length });
    c.queueSize += length;
  }

  function enqueue(c, chunk) {
    const s = c.stream;
    if (c.closeRequested || s.state !== 'readable') return;
    const offset = host.viewOffset(chunk);
    const length = host.viewLength(chunk);
    const source = host.viewBuffer(chunk);
    if (host.isDetached(source)) throw host.invalidState('Viewed ArrayBuffer is detached');
    const buffer = host.transfer(source);
    if (c.pendingPullIntos.length > 0) {
      const first = c.pendingPullIntos[0];
      if (host.isDetached(first.buffer)) throw host.invalidState('Destination ArrayBuffer is detached');
      invalidateRequest(c);
      first.buffer = host.transfer(first.buffer);
      if (first.reader === 'none') enqueueDetached(c, first);
    }
    if (s.reader?.requests !== undefined) {
      while (s.reader.requests.length > 0 && c.queueSize > 0) fillRequest(c, s.reader.requests.shift());
      if (s.reader.requests.length === 0) {
        push(c, buffer, offset, length);
      } else {
        if (c.pendingPullIntos.length > 0) c.pendingPullIntos.shift();
        rs.fulfill(s, new Uint8Array(buffer, offset, length), false);
      }
    } else if (s.reader?.intoRequests !== undefined) {
      push(c, buffer, offset, length);
      for (const d of processPullIntos(c)) commit(s, d);
    } else {
      push(c, buffer, offset, length);
    }
    pullIfNeeded(c);
  }

  // enqueueDetached puts back what was read for a reader that has gone.
  function enqueueDetached(c, d) {
    if (d.filled > 0) enqueueClone(c, d.buffer, d.offset, d.filled);
    c.pendingPullIntos.shift();
  }

  function enqueueClone(c, buffer, offset, length) {
    push(c, host.sliceBuffer(buffer, offset, length), 0, length);
  }

  function fillRequest(c, request) {
    const { buffer, offset, length } = c.queue.shift();
    c.queueSize -= length;
    handleDrain(c);
    request.chunk(new Uint8Array(buffer, offset, length));
  }

  function handleDrain(c) {
    if (c.queueSize === 0 && c.closeRequested) {
      clearAlgorithms(c);
      rs.close(c.stream);
    } else {
      pullIfNeeded(c);
    }
  }

  function convert(d) {
    const buffer = host.transfer(d.buffer);
    return new d.ctor(buffer, d.offset, d.filled / d.elementSize);
  }

  function commit(s, d) {
    const done = s.state === 'closed';
    const view = convert(d);
    if (d.reader === 'default') {
      rs.fulfill(s, view, done);
      return;
    }
    const request = s.reader.intoRequests.shift();
    if (done) request.close(view);
    else request.chunk(view);
  }

  // fill moves bytes of the queue into a pull-into descriptor; true once it has
  // as many as it must.
  function fill(c, d) {
    const maxBytes = Math.min(c.queueSize, d.length - d.filled);
    const maxFilled = d.filled + maxBytes;
    let left = maxBytes;
    let ready = false;
    const aligned = maxFilled - maxFilled % d.elementSize;
    if (aligned >= d.min) {
      left = aligned - d.filled;
      ready = true;
    }
    while (left > 0) {
      const head = c.queue.peek();
      const n = Math.min(left, head.length);
      host.copyBytes(d.buffer, d.offset + d.filled, head.buffer, head.offset, n);
      if (head.length === n) {
        c.queue.shift();
      } else {
        head.offset += n;
        head.length -= n;
      }
      c.queueSize -= n;
      d.filled += n;
      left -= n;
    }
    return ready;
  }

  function processPullIntos(c) {
    const filled = [];
    while (c.pendingPullIntos.length > 0 && c.queueSize > 0) {
      if (fill(c, c.pendingPullIntos[0])) filled.push(c.pendingPullIntos.shift());
    }
    return filled;
  }

  function pullInto(c, view, min, request) {
    const s = c.stream;
    let elementSize = 1;
    let ctor = DataView;
    const tag = view[Symbol.toStringTag];
    if (tag !== 'DataView') {
      elementSize = view.BYTES_PER_ELEMENT;
      ctor = view instanceof host.global.Buffer ? host.global.Buffer[Symbol.species] ?? Uint8Array : host.global[tag];
    }
    const offset = host.viewOffset(view);
    const length = host.viewLength(view);
    let buffer = host.viewBuffer(view);
    if (host.isDetached(buffer)) {
      request.error(host.invalidState('Viewed ArrayBuffer is detached'));
      return;
    }
    buffer = host.transfer(buffer);
    const d = {
      buffer, bufferLength: host.bufferLength(buffer), offset, length, filled: 0, min: min * elementSize, elementSize, ctor, reader: 'byob',
    };
    if (c.pendingPullIntos.length > 0) {
      c.pendingPullIntos.push(d);
      s.reader.intoRequests.push(request);
      return;
    }
    if (s.state === 'closed') {
      request.close(new ctor(d.buffer, d.offset, 0));
      return;
    }
    if (c.queueSize > 0) {
      if (fill(c, d)) {
        const filled = convert(d);
        handleDrain(c);
        request.chunk(filled);
        return;
      }
      if (c.closeRequested) {
        const e = host.invalidState('ReadableStream closed');
        fail(c, e);
        request.error(e);
        return;
      }
    }
    c.pendingPullIntos.push(d);
    s.reader.intoRequests.push(request);
    pullIfNeeded(c);
  }

  function respond(c, written) {
    const d = c.pendingPullIntos[0];
    if (c.stream.state === 'closed') {
      if (written !== 0) throw u.argValue('bytesWritten', written);
    } else {
      if (written !== written || written < 0 || written === 0) throw u.argValue('bytesWritten', written);
      if (d.filled + written > d.length) throw u.argValue('bytesWritten', written, 'RangeError');
    }
    d.buffer = host.transfer(d.buffer);
    respondInternal(c, written);
  }

  function respondWithNewView(c, view) {
    const d = c.pendingPullIntos[0];
    const length = host.viewLength(view);
    const buffer = host.viewBuffer(view);
    if (c.stream.state === 'closed') {
      if (length !== 0) throw host.invalidState('View is not zero-length');
    } else if (length === 0) {
      throw host.invalidState('View is zero-length');
    }
    if (d.offset + d.filled !== host.viewOffset(view)) throw u.argValue('view', view, 'RangeError');
    if (d.bufferLength !== host.bufferLength(buffer)) throw u.argValue('view', view, 'RangeError');
    if (d.filled + length > d.length) throw u.argValue('view', view, 'RangeError');
    d.buffer = host.transfer(buffer);
    respondInternal(c, length);
  }

  function respondInternal(c, written) {
    const first = c.pendingPullIntos[0];
    invalidateRequest(c);
    if (c.stream.state === 'closed') respondClosed(c, first);
    else respondReadable(c, written, first);
    pullIfNeeded(c);
  }

  function respondClosed(c, first) {
    if (first.reader === 'none') c.pendingPullIntos.shift();
    const s = c.stream;
    if (s.reader?.intoRequests !== undefined) {
      const filled = [];
      while (filled.length < s.reader.intoRequests.length) filled.push(c.pendingPullIntos.shift());
      for (const d of filled) commit(s, d);
    }
  }

  function respondReadable(c, written, d) {
    d.filled += written;
    if (d.reader === 'none') {
      enqueueDetached(c, d);
      for (const f of processPullIntos(c)) commit(c.stream, f);
      return;
    }
    if (d.filled < d.min) return;
    c.pendingPullIntos.shift();
    const rest = d.filled % d.elementSize;
    if (rest > 0) {
      const end = d.offset + d.filled;
      enqueueClone(c, d.buffer, end - rest, rest);
    }
    d.filled -= rest;
    const filled = processPullIntos(c);
    commit(c.stream, d);
    for (const f of filled) commit(c.stream, f);
  }

  u.webClass(ReadableByteStreamController, () => ({}));
  u.webClass(ReadableStreamBYOBRequest, (o) => {
    const q = need(o, 'ReadableStreamBYOBRequest');
    return { view: q.view, controller: q.controller?.object };
  });
  u.webClass(ReadableStreamBYOBReader, (o) => {
    const r = need(o, 'ReadableStreamBYOBReader');
    return { stream: r.stream?.object, readIntoRequests: r.intoRequests.length, close: r.closed.promise };
  });
  return rs.bytes = {
    classes: { ReadableByteStreamController, ReadableStreamBYOBRequest, ReadableStreamBYOBReader },
    setUpFromSource, create, acquireReader, readInto, releaseReader, rejectRequests, close, fail, enqueue, respond,
    respondWithNewView, byobRequest,
  };
};
