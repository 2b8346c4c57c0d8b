// Piping, ReadableStream.from and async iteration
// (https://streams.spec.whatwg.org/#readable-stream-pipe-to).
(host, u, rs, ws) => {
  const { then, resolvedWith, rejected, handled, deferred, stateOf } = u;

  function options(o) {
    u.checkObject(o, 'options', true);
    const preventAbort = !!o?.preventAbort;
    const preventCancel = !!o?.preventCancel;
    const preventClose = !!o?.preventClose;
    const signal = o?.signal;
    if (signal !== undefined && !(signal instanceof host.global.AbortSignal)) host.argType('options.signal', signal, 'AbortSignal');
    return { preventAbort, preventCancel, preventClose, signal };
  }

  function pipeTo(source, dest, { preventAbort, preventCancel, preventClose, signal }) {
    const reader = rs.acquireReader(source);
    const writer = ws.acquireWriter(dest);
    source.disturbed = true;
    let shuttingDown = false;
    let currentWrite = resolvedWith();
    const done = deferred();
    let removeAbort = u.noop;

    if (signal !== undefined) {
      const onAbort = () => {
        const error = signal.reason;
        const actions = [];
        if (!preventAbort) actions.push(() => (dest.state === 'writable' ? ws.abortStream(dest, error) : resolvedWith()));
        if (!preventCancel) actions.push(() => (source.state === 'readable' ? rs.cancel(source, error) : resolvedWith()));
        shutdownWithAction(() => Promise.all(actions.map((f) => f())), true, error);
      };
      if (signal.aborted) {
        onAbort();
        return done.promise;
      }
      signal.addEventListener('abort', onAbort, { once: true });
      removeAbort = () => signal.removeEventListener('abort', onAbort);
    }

    // Errors and ends that are there already take effect before anything is read.
    const whenErrored = (state, promise, f) => {
      if (state() === 'errored') f();
      else then(promise, undefined, f);
    };
    whenErrored(() => source.state, reader.closed.promise, () => {
      const e = source.storedError;
      if (preventAbort) shutdown(true, e);
      else shutdownWithAction(() => ws.abortStream(dest, e), true, e);
    });
    const destFailed = () => {
      const e = dest.storedError;
      if (preventCancel) shutdown(true, e);
      else shutdownWithAction(() => rs.cancel(source, e), true, e);
    };
    whenErrored(() => dest.state, writer.closed.promise, destFailed);
    const sourceClosed = () => {
      if (preventClose) shutdown();
      else shutdownWithAction(() => ws.closeWithErrorPropagation(writer));
    };
    if (source.state === 'closed') sourceClosed();
    else then(reader.closed.promise, sourceClosed, u.noop);
    if (ws.closeQueuedOrInFlight(dest) || dest.state === 'closed') {
      const e = host.invalidState('Destination WritableStream is closed');
      if (preventCancel) shutdown(true, e);
      else shutdownWithAction(() => rs.cancel(source, e), true, e);
    }
    handled(loop());
    return done.promise;

    function loop() {
      const end = deferred();
      const step = () => {
        if (shuttingDown) {
          end.resolve();
          return;
        }
        then(writer.ready.promise, () => {
          if (shuttingDown) {
            end.resolve();
            return;
          }
          rs.read(reader, {
            chunk: (chunk) => {
              currentWrite = writer.stream === undefined ? currentWrite : ws.write(writer, chunk);
              handled(currentWrite);
              then(resolvedWith(), step);
            },
            close: () => end.resolve(),
            error: (e) => end.reject(e),
          });
        }, (e) => end.reject(e));
      };
      step();
      return end.promise;
    }

    // Another write may have begun while one was awaited.
    function writesDone() {
      const was = currentWrite;
      return then(was, () => (was !== currentWrite ? writesDone() : undefined), () => (was !== currentWrite ? writesDone() : undefined));
    }

    function shutdownWithAction(action, failed, error) {
      if (shuttingDown) return;
      shuttingDown = true;
      const act = () => then(action(), () => finalize(failed, error), (e) => finalize(true, e));
      if (dest.state === 'writable' && !ws.closeQueuedOrInFlight(dest)) then(writesDone(), act);
      else act();
    }

    function shutdown(failed, error) {
      if (shuttingDown) return;
      shuttingDown = true;
      if (dest.state === 'writable' && !ws.closeQueuedOrInFlight(dest)) then(writesDone(), () => finalize(failed, error));
      else finalize(failed, error);
    }

    function finalize(failed, error) {
      ws.releaseWriter(writer);
      rs.releaseReader(reader);
      removeAbort();
      if (failed) done.reject(error);
      else done.resolve();
    }
  }

  // from is ReadableStream.from(iterable).
  function from(iterable) {
    if (iterable === null || iterable === undefined) throw new TypeError(`Cannot read properties of ${iterable} (reading 'Symbol(Symbol.asyncIterator)')`);
    let method = iterable[Symbol.asyncIterator];
    let isAsync = true;
    if (method === undefined || method === null) {
      method = iterable[Symbol.iterator];
      isAsync = false;
    }
    if (typeof method !== 'function') throw notIterable(iterable);
    const iterator = Reflect.apply(method, iterable, []);
    if (iterator === null || typeof iterator !== 'object' && typeof iterator !== 'function') {
      throw host.error('TypeError', 'ERR_INVALID_STATE', 'Invalid state: The iterator method must return an object');
    }
    const { next } = iterator;
    const call = (fn, ...args) => new Promise((resolve) => resolve(Reflect.apply(fn, iterator, args)));
    // The values of a synchronous iterator are awaited.
    const unwrap = (result) => {
      if (isAsync || result === null || typeof result !== 'object') return result;
      const done = result.done;
      return then(resolvedWith(result.value), (value) => ({ done, value }));
    };
    const s = rs.create({
      start: u.noop,
      pull: () => then(then(call(next), unwrap), (result) => {
        if (result === null || typeof result !== 'object' && typeof result !== 'function') {
          throw host.error('TypeError', 'ERR_INVALID_STATE', 'Invalid state: The promise returned by the iterator.next() method must fulfill with an object');
        }
        if (result.done) rs.controllerClose(s.controller);
        else rs.enqueue(s.controller, result.value);
      }),
      cancel: (reason) => {
        let method;
        try {
          method = iterator.return;
        } catch (e) {
          return rejected(e);
        }
        if (method === undefined || method === null) return resolvedWith();
        return then(call(method, reason), (result) => {
          if (result === null || typeof result !== 'object' && typeof result !== 'function') {
            throw host.error('TypeError', 'ERR_INVALID_STATE', 'Invalid state: The promise returned by the iterator.return() method must fulfill with an object');
          }
        });
      },
    }, 0);
    return s;
  }

  const notIterable = (v) => host.error('TypeError', 'ERR_ARG_NOT_ITERABLE', `${describe(v)} must be iterable`);
  const describe = (v) => (typeof v === 'symbol' ? String(v) : `${v}`);

  // The iterator of a stream.
  const iteratorPrototype = host.asyncIteratorPrototype();

  function iterate(s, preventCancel) {
    const reader = rs.acquireReader(s);
    const it = {
      current: undefined,
      finished: false,
      next: () => {
        if (it.finished) return resolvedWith({ done: true, value: undefined });
        const d = deferred();
        if (reader.stream === undefined) return rejected(host.invalidState('The reader is not bound to a ReadableStream'));
        rs.read(reader, {
          chunk: (value) => d.resolve({ done: false, value }),
          close: () => {
            it.finished = true;
            if (reader.stream !== undefined) rs.releaseReader(reader);
            d.resolve({ done: true, value: undefined });
          },
          error: (e) => {
            it.finished = true;
            if (reader.stream !== undefined) rs.releaseReader(reader);
            d.reject(e);
          },
        });
        return d.promise;
      },
      return: (value) => {
        if (it.finished) return resolvedWith({ done: true, value });
        it.finished = true;
        if (reader.stream === undefined) return rejected(host.invalidState('The reader is not bound to a ReadableStream'));
        const result = preventCancel ? resolvedWith() : rs.cancel(reader.stream, value);
        rs.releaseReader(reader);
        return then(result, () => ({ done: true, value }));
      },
    };
    const iterator = {
      next() {
        it.current = it.current === undefined ? it.next() : then(it.current, it.next, it.next);
        return it.current;
      },
      return(value) {
        const f = () => it.return(value);
        it.current = it.current === undefined ? f() : then(it.current, f, f);
        return it.current;
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    return Object.setPrototypeOf(iterator, iteratorPrototype);
  }

  rs.iterate = iterate;
  return rs.pipe = { options, pipeTo, from, stateOf };
};
