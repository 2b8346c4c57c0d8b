// What stream.finished, pipeline and the predicates ask of a web stream.
(host, u, rs, ws, ts) => {
  const { then, stateOf } = u;
  const of = (v) => stateOf(v, 'ReadableStream') ?? stateOf(v, 'WritableStream') ?? stateOf(v, 'TransformStream');

  // whenDone calls back when a stream has closed or failed.
  function whenDone(v, callback) {
    const s = of(v);
    if (s.kind === 'TransformStream') {
      whenDone(s.readable.object, callback);
      return;
    }
    const watch = s.watch ??= u.deferred();
    if (s.state === 'closed') watch.resolve();
    else if (s.state === 'errored') watch.reject(s.storedError);
    then(watch.promise, () => callback(undefined), (e) => callback(e));
  }

  function destroy(v, error) {
    const s = of(v);
    if (s.kind === 'WritableStream') u.handled(ws.abortStream(s, error));
    else if (s.kind === 'ReadableStream') u.handled(rs.cancel(s, error));
  }

  // abort ends a stream with an error, as addAbortSignal does.
  function abort(v, error) {
    const s = of(v);
    if (s.kind === 'TransformStream') ts.fail(s, error);
    else if (s.kind === 'ReadableStream') s.controller.kind === 'ReadableByteStreamController' ? rs.bytes.fail(s.controller, error) : rs.controllerError(s.controller, error);
    else ws.errorIfNeeded(s.controller, error);
  }

  return {
    of,
    abort,
    whenDone,
    destroy,
    kind: (v) => of(v)?.kind,
    isErrored: (v) => of(v)?.state === 'errored',
    isReadable: (v) => of(v)?.state === 'readable',
    isWritable: (v) => of(v)?.state === 'writable',
    isDisturbed: (v) => !!of(v)?.disturbed,
  };
};
