// Streams that are moved: what is written on one side of a channel is read on the
// other (https://streams.spec.whatwg.org/#transferrable-streams).
(host, u, rs, ws, ts, pipe, of) => {
  const { then, deferred, resolvedWith } = u;
  const channel = () => new host.global.MessageChannel();

  const post = (port, type, value) => port.postMessage({ type, value });
  function postOr(port, type, value) {
    try {
      post(port, type, value);
      return undefined;
    } catch (e) {
      post(port, 'error', e);
      return e;
    }
  }

  // readableFrom makes the side that is read of. Somebody who waits for a chunk
  // keeps the loop alive, unless it is a pipe that was made here.
  function readableFrom(port, piped = false) {
    let backpressure = deferred();
    const s = rs.create({
      start: u.noop,
      pull: () => {
        post(port, 'pull');
        if (!piped && rs.waiting(s) > 0) port.ref();
        return backpressure.promise;
      },
      cancel: (reason) => {
        const e = postOr(port, 'error', reason);
        port.close();
        return e === undefined ? resolvedWith() : u.rejected(e);
      },
    }, 0);
    port.onmessage = ({ data: { type, value } }) => {
      switch (type) {
        case 'chunk':
          rs.enqueue(s.controller, value);
          if (rs.waiting(s) === 0) port.unref();
          backpressure.resolve();
          backpressure = deferred();
          break;
        case 'close':
          rs.controllerClose(s.controller);
          port.close();
          break;
        case 'error':
          rs.controllerError(s.controller, value);
          port.close();
      }
    };
    port.onmessageerror = () => {
      const e = host.domException('chunk could not be cloned', 'DataCloneError');
      post(port, 'error', e);
      rs.controllerError(s.controller, e);
      port.close();
    };
    port.unref();
    return s;
  }

  // writableTo makes the side that is written to.
  function writableTo(port) {
    let backpressure = deferred();
    const s = ws.create({
      start: u.noop,
      write: (chunk) => {
        if (backpressure === undefined) {
          backpressure = deferred();
          backpressure.resolve();
        }
        port.ref();
        return then(backpressure.promise, () => {
          port.unref();
          backpressure = deferred();
          const e = postOr(port, 'chunk', chunk);
          if (e !== undefined) {
            port.close();
            throw e;
          }
        });
      },
      close: () => {
        post(port, 'close');
        port.close();
        return resolvedWith();
      },
      abort: (reason) => {
        const e = postOr(port, 'error', reason);
        port.close();
        return e === undefined ? resolvedWith() : u.rejected(e);
      },
    });
    port.onmessage = ({ data: { type, value } }) => {
      switch (type) {
        case 'pull':
          backpressure?.resolve();
          backpressure = undefined;
          break;
        case 'error':
          ws.errorIfNeeded(s.controller, value);
          backpressure?.resolve();
          backpressure = undefined;
      }
    };
    port.onmessageerror = () => {
      const e = host.domException('chunk could not be cloned', 'DataCloneError');
      post(port, 'error', e);
      ws.errorIfNeeded(s.controller, e);
      port.close();
    };
    port.unref();
    return s;
  }

  const options = { preventAbort: false, preventCancel: false, preventClose: false, signal: undefined };

  function sendReadable(s) {
    const { port1, port2 } = channel();
    u.handled(pipe.pipeTo(s, writableTo(port1), options));
    return port2;
  }
  function sendWritable(s) {
    const { port1, port2 } = channel();
    u.handled(pipe.pipeTo(readableFrom(port1, true), s, options));
    return port2;
  }

  function locked(s) {
    if (s.kind === 'TransformStream') return locked(s.readable) || locked(s.writable);
    return s.kind === 'ReadableStream' ? rs.isLocked(s) : ws.isLocked(s);
  }

  return {
    canTransfer(v) {
      const s = of(v);
      if (locked(s)) throw host.domException(`Cannot transfer a locked ${s.kind}`, 'DataCloneError');
    },
    transfer(v) {
      const s = of(v);
      switch (s.kind) {
        case 'ReadableStream':
          return [sendReadable(s)];
        case 'WritableStream':
          return [sendWritable(s)];
      }
      return [sendReadable(s.readable), sendWritable(s.writable)];
    },
    receive(kind, [first, second]) {
      switch (kind) {
        case 'ReadableStream':
          return readableFrom(first).object;
        case 'WritableStream':
          return writableTo(first).object;
      }
      return ts.join(readableFrom(first), writableTo(second)).object;
    },
  };
};
