// node:stream/web, of its parts.
(host, load) => {
  const u = load('util');
  const ws = load('writable', u);
  const rs = load('readable', u);
  const bytes = load('bytes', u, rs);
  load('pipe', u, rs, ws);
  load('tee', u, rs);
  const ts = load('transform', u, rs, ws);
  const strategies = load('strategies', u);
  const encoding = load('encoding', u, ts);
  const adapters = load('adapters', u, rs, ws);
  const compression = load('compression', u, adapters);
  const ends = load('ends', u, rs, ws, ts);
  Object.assign(ends, load('transfer', u, rs, ws, ts, rs.pipe, ends.of));
  const all = Object.assign({}, ws.classes, rs.classes, bytes.classes, ts.classes, strategies.classes, encoding.classes, compression.classes);
  const exports = {};
  for (const name of [
    'ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest',
    'ReadableByteStreamController', 'ReadableStreamDefaultController', 'TransformStream', 'TransformStreamDefaultController',
    'WritableStream', 'WritableStreamDefaultWriter', 'WritableStreamDefaultController', 'ByteLengthQueuingStrategy',
    'CountQueuingStrategy', 'TextEncoderStream', 'TextDecoderStream', 'CompressionStream', 'DecompressionStream',
  ]) exports[name] = all[name];

  // byteStream makes a byte stream of a function that returns a promise of the
  // next bytes, null at the end.
  function byteStream(pull) {
    const s = bytes.create({
      start: u.noop,
      pull: () => u.then(pull(), (chunk) => {
        const c = s.controller;
        if (s.state !== 'readable') return;
        if (chunk === null) {
          bytes.close(c);
          if (c.pendingPullIntos.length > 0) bytes.respond(c, 0);
        } else {
          bytes.enqueue(c, chunk);
        }
      }),
      cancel: () => u.resolvedWith(),
    });
    return s.object;
  }
  return { exports, byteStream, adapters, ends, util: u, rs, ws, ts, bytes };
};
