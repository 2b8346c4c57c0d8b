// TransformStream (https://streams.spec.whatwg.org/#ts).
(host, u, rs, ws) => {
  const { then, resolvedWith, rejected, deferred, promiseCall, need } = u;

  class TransformStream {
    constructor(transformer = {}, writableStrategy = {}, readableStrategy = {}) {
      if (transformer === null) transformer = {};
      u.checkObject(transformer, 'transformer');
      u.checkObject(writableStrategy, 'writableStrategy', true);
      u.checkObject(readableStrategy, 'readableStrategy', true);
      const { readableType, writableType } = transformer;
      if (readableType !== undefined) throw u.argValue('transformer.readableType', readableType, 'RangeError');
      if (writableType !== undefined) throw u.argValue('transformer.writableType', writableType, 'RangeError');
      const readableMark = u.highWaterMarkOf(readableStrategy, 0);
      const readableSize = u.sizeOf(readableStrategy?.size);
      const writableMark = u.highWaterMarkOf(writableStrategy, 1);
      const writableSize = u.sizeOf(writableStrategy?.size);
      const method = (name) => {
        const f = transformer[name];
        if (f === undefined) return undefined;
        host.checkFunction(f, `transformer.${name}`);
        return f;
      };
      const t = u.attach(this, newState());
      const c = newController(t);
      const cancel = method('cancel');
      const flush = method('flush');
      const start = method('start');
      const transform = method('transform');
      const started = deferred();
      initialize(t, started.promise, writableMark, writableSize, readableMark, readableSize);
      c.transform = transform === undefined ? (chunk) => {
        try {
          enqueue(c, chunk);
          return resolvedWith();
        } catch (e) {
          return rejected(e);
        }
      } : (chunk) => promiseCall(transform, transformer, chunk, c.object);
      c.flush = flush === undefined ? () => resolvedWith() : () => promiseCall(flush, transformer, c.object);
      c.cancel = cancel === undefined ? () => resolvedWith() : (reason) => promiseCall(cancel, transformer, reason);
      started.resolve(start === undefined ? undefined : Reflect.apply(start, transformer, [c.object]));
    }

    get readable() {
      return need(this, 'TransformStream').readable.object;
    }

    get writable() {
      return need(this, 'TransformStream').writable.object;
    }
  }

  const newState = () => ({ kind: 'TransformStream', object: undefined, readable: undefined, writable: undefined, controller: undefined, backpressure: undefined, change: undefined });

  function newController(t) {
    const c = { kind: 'TransformStreamDefaultController', object: undefined, stream: t, transform: undefined, flush: undefined, cancel: undefined, finish: undefined };
    u.make(TransformStreamDefaultController, c);
    t.controller = c;
    return c;
  }

  // create makes a transform of functions: transform(chunk, enqueue), flush(enqueue).
  function create({ transform, flush, cancel = () => resolvedWith() }, writableMark = 1, readableMark = 0) {
    const t = newState();
    const c = newController(t);
    initialize(t, resolvedWith(), writableMark, () => 1, readableMark, () => 1);
    const put = (chunk) => enqueue(c, chunk);
    const call = (f, ...args) => new Promise((resolve) => resolve(f(...args)));
    c.transform = (chunk) => call(transform, chunk, put);
    c.flush = () => call(flush, put);
    c.cancel = cancel;
    return t;
  }

  function initialize(t, started, writableMark, writableSize, readableMark, readableSize) {
    const start = () => started;
    t.writable = ws.create({
      start,
      write: (chunk) => sinkWrite(t, chunk),
      close: () => sinkClose(t),
      abort: (reason) => sinkAbort(t, reason),
    }, writableMark, writableSize);
    t.readable = rs.create({ start, pull: () => sourcePull(t), cancel: (reason) => sourceCancel(t, reason) }, readableMark, readableSize);
    setBackpressure(t, true);
  }

  function fail(t, error) {
    rs.controllerError(t.readable.controller, error);
    errorWritableAndUnblock(t, error);
  }

  function errorWritableAndUnblock(t, error) {
    clearAlgorithms(t.controller);
    ws.errorIfNeeded(t.writable.controller, error);
    if (t.backpressure) setBackpressure(t, false);
  }

  function setBackpressure(t, backpressure) {
    t.change?.resolve();
    t.change = deferred();
    t.backpressure = backpressure;
  }

  function clearAlgorithms(c) {
    c.transform = c.flush = c.cancel = undefined;
  }

  function sinkWrite(t, chunk) {
    const c = t.controller;
    if (!t.backpressure) return performTransform(c, chunk);
    return then(t.change.promise, () => {
      if (t.writable.state === 'erroring') throw t.writable.storedError;
      return performTransform(c, chunk);
    });
  }

  function performTransform(c, chunk) {
    if (c.transform === undefined) return resolvedWith(); // the transform was errored meanwhile
    return then(c.transform(chunk), undefined, (e) => {
      fail(c.stream, e);
      throw e;
    });
  }

  // finish runs the transformer's last function once, and settles what it is for.
  function finish(c, p, onEnd, onError) {
    clearAlgorithms(c);
    then(p, onEnd, onError);
    return c.finish.promise;
  }

  function sinkAbort(t, reason) {
    const c = t.controller;
    if (c.finish !== undefined) return c.finish.promise;
    c.finish = deferred();
    return finish(c, c.cancel(reason), () => {
      if (t.readable.state === 'errored') {
        c.finish.reject(t.readable.storedError);
      } else {
        rs.controllerError(t.readable.controller, reason);
        c.finish.resolve();
      }
    }, (e) => {
      rs.controllerError(t.readable.controller, e);
      c.finish.reject(e);
    });
  }

  function sinkClose(t) {
    const c = t.controller;
    if (c.finish !== undefined) return c.finish.promise;
    c.finish = deferred();
    return finish(c, c.flush(), () => {
      if (t.readable.state === 'errored') {
        c.finish.reject(t.readable.storedError);
      } else {
        rs.controllerClose(t.readable.controller);
        c.finish.resolve();
      }
    }, (e) => {
      rs.controllerError(t.readable.controller, e);
      c.finish.reject(e);
    });
  }

  function sourcePull(t) {
    setBackpressure(t, false);
    return t.change.promise;
  }

  function sourceCancel(t, reason) {
    const c = t.controller;
    if (c.finish !== undefined) return c.finish.promise;
    c.finish = deferred();
    return finish(c, c.cancel(reason), () => {
      if (t.writable.state === 'errored') {
        c.finish.reject(t.writable.storedError);
      } else {
        ws.errorIfNeeded(t.writable.controller, reason);
        if (t.backpressure) setBackpressure(t, false);
        c.finish.resolve();
      }
    }, (e) => {
      ws.errorIfNeeded(t.writable.controller, e);
      if (t.backpressure) setBackpressure(t, false);
      c.finish.reject(e);
    });
  }

  class TransformStreamDefaultController {
    constructor() {
      u.illegal();
    }

    get desiredSize() {
      return rs.desiredSize(need(this, 'TransformStreamDefaultController').stream.readable.controller);
    }

    enqueue(chunk = undefined) {
      enqueue(need(this, 'TransformStreamDefaultController'), chunk);
    }

    error(reason = undefined) {
      fail(need(this, 'TransformStreamDefaultController').stream, reason);
    }

    terminate() {
      const t = need(this, 'TransformStreamDefaultController').stream;
      rs.controllerClose(t.readable.controller);
      errorWritableAndUnblock(t, host.invalidState('TransformStream has been terminated'));
    }
  }

  function enqueue(c, chunk) {
    const t = c.stream;
    const r = t.readable.controller;
    if (!rs.canCloseOrEnqueue(r)) throw host.invalidState('Unable to enqueue');
    try {
      rs.enqueue(r, chunk);
    } catch (e) {
      errorWritableAndUnblock(t, e);
      throw t.readable.storedError;
    }
    const backpressure = rs.backpressure(r);
    if (backpressure !== t.backpressure) setBackpressure(t, true);
  }

  u.webClass(TransformStream, (o) => {
    const t = need(o, 'TransformStream');
    return { readable: t.readable.object, writable: t.writable.object, backpressure: t.backpressure };
  });
  u.webClass(TransformStreamDefaultController, (o) => ({ stream: need(o, 'TransformStreamDefaultController').stream.object }));
  // join makes a TransformStream object of two sides that are there.
  function join(readable, writable) {
    const t = newState();
    t.readable = readable;
    t.writable = writable;
    u.make(TransformStream, t);
    return t;
  }

  return { join, classes: { TransformStream, TransformStreamDefaultController }, create, fail };
};
