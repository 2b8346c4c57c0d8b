// Streams of the web made of Node's, and Node's made of the web's
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#streamreadablefromwebreadablestream-options).
(host, u, rs, ws) => {
  const { then, deferred } = u;
  const { ReadableStream } = rs.classes;
  const { WritableStream } = ws.classes;
  const stream = () => host.require('stream');
  const abortError = (cause) => host.abortError(cause);
  // What a web stream tells of the error of one of Node's: an AbortError for a
  // close too early, a TypeError for what zlib finds wrong.
  const told = (error) => {
    const code = error?.code;
    if (code === 'ERR_STREAM_PREMATURE_CLOSE') return abortError(error);
    if (typeof code === 'string' && /^(Z|BROTLI)_/.test(code) && (code === 'Z_NEED_DICT' || host.require('zlib').constants[code] < 0)) {
      return Object.assign(new TypeError(undefined, { cause: error }), { code });
    }
    return error;
  };
  const throwLater = (e) => host.uncaught(e);
  const isDestroyed = (s) => !!(s.destroyed || s._writableState?.destroyed || s._readableState?.destroyed);
  const bytes = (chunk) => new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);

  function checkSignal(o) {
    if (o.signal !== undefined && (o.signal === null || typeof o.signal !== 'object' || !('aborted' in o.signal))) host.argType('options.signal', o.signal, 'AbortSignal');
  }

  function writableToWeb(sw) {
    if (sw === null || typeof sw !== 'object' || (sw._writableState === undefined && typeof sw.write !== 'function')) {
      host.argType('streamWritable', sw, 'stream.Writable');
    }
    if (isDestroyed(sw) || !stream().isWritable(sw)) {
      const w = new WritableStream();
      w.close();
      return w;
    }
    const highWaterMark = sw.writableHighWaterMark;
    const strategy = sw.writableObjectMode ? { highWaterMark, size: () => 1 } : { highWaterMark };
    let controller;
    let pressure;
    let closing;
    const onDrain = () => pressure?.resolve();
    const cleanup = stream().finished(sw, (error) => {
      error = told(error);
      cleanup();
      sw.on('error', () => {});
      if (error != null) {
        pressure?.reject(error);
        if (closing !== undefined) {
          closing.reject(error);
          closing = undefined;
        }
        controller.error(error);
        controller = undefined;
        return;
      }
      if (closing !== undefined) {
        closing.resolve();
        closing = undefined;
        return;
      }
      controller.error(abortError());
      controller = undefined;
    });
    sw.on('drain', onDrain);
    return new WritableStream({
      start(c) {
        controller = c;
      },
      write(chunk) {
        if (!sw.writableObjectMode && host.isAnyBuffer(chunk)) chunk = new Uint8Array(chunk);
        if (sw.writableNeedDrain || !sw.write(chunk)) {
          pressure = deferred();
          return then(pressure.promise, () => {
            pressure = undefined;
          }, (e) => {
            pressure = undefined;
            throw e;
          });
        }
        return undefined;
      },
      abort(reason) {
        stream().destroy(sw, reason);
      },
      close() {
        if (closing === undefined && !(sw.writableEnded || sw.finished)) {
          closing = deferred();
          const { promise } = closing;
          sw.end();
          return promise;
        }
        if (closing !== undefined) return closing.promise;
        controller = undefined;
        cleanup();
        return Promise.resolve();
      },
    }, strategy);
  }

  function optionsOf(options, name = 'options') {
    host.checkObject(options, name);
    return options;
  }

  function writableFromWeb(w, options = {}) {
    if (u.stateOf(w, 'WritableStream') === undefined) host.argType('writableStream', w, 'WritableStream');
    const { highWaterMark, decodeStrings = true, objectMode = false, signal } = optionsOf(options);
    host.checkBoolean(objectMode, 'options.objectMode');
    host.checkBoolean(decodeStrings, 'options.decodeStrings');
    checkSignal(options);
    const writer = w.getWriter();
    let closed = false;
    const writable = new (stream().Writable)({
      highWaterMark, objectMode, decodeStrings, signal,
      writev: (chunks, callback) => writeAll(writer, chunks, callback, () => writable),
      write: (chunk, encoding, callback) => writeOne(writer, encodeChunk(chunk, encoding, decodeStrings, objectMode), callback, () => writable),
      destroy(error, callback) {
        const done = settle(callback, error);
        if (closed) {
          done();
          return;
        }
        if (error != null) then(writer.abort(error), done, done);
        else then(writer.close(), done, done);
      },
      final(callback) {
        if (!closed) finishWriter(writer, callback, () => writable);
      },
    });
    then(writer.closed, () => {
      closed = true;
    }, (error) => {
      closed = true;
      stream().destroy(writable, error);
    });
    return writable;
  }

  // settle calls back with error; what the callback throws is uncaught.
  const settle = (callback, error) => () => {
    try {
      callback(error);
    } catch (e) {
      throwLater(e);
    }
  };

  function encodeChunk(chunk, encoding, decodeStrings, objectMode) {
    if (typeof chunk !== 'string' || !decodeStrings || objectMode) return chunk;
    return bytes(host.global.Buffer.from(chunk, encoding));
  }

  function writeAll(writer, chunks, callback, target) {
    const done = (error) => {
      try {
        callback(error);
      } catch (e) {
        host.nextTick(() => stream().destroy(target(), e));
      }
    };
    then(writer.ready, () => then(Promise.all(chunks.map((d) => writer.write(d.chunk))), () => done(), done), done);
  }

  function writeOne(writer, chunk, callback, target) {
    const done = (error) => {
      try {
        callback(error);
      } catch (e) {
        stream().destroy(target(), e);
      }
    };
    then(writer.ready, () => then(writer.write(chunk), () => done(), done), done);
  }

  function finishWriter(writer, callback, target) {
    const done = (error) => {
      try {
        callback(error);
      } catch (e) {
        host.nextTick(() => stream().destroy(target(), e));
      }
    };
    then(writer.close(), () => done(), done);
  }

  function readableToWeb(sr, options = {}) {
    if (sr === null || typeof sr !== 'object' || typeof sr._readableState !== 'object') host.argType('streamReadable', sr, 'stream.Readable');
    optionsOf(options);
    const isBytes = options.type === 'bytes';
    if (isDestroyed(sr) || !stream().isReadable(sr)) {
      const r = new ReadableStream(isBytes ? { type: 'bytes' } : {});
      r.cancel();
      return r;
    }
    const objectMode = sr.readableObjectMode;
    const highWaterMark = sr.readableHighWaterMark;
    let strategy = options.strategy;
    if (strategy === undefined || strategy === null) {
      if (isBytes) strategy = { highWaterMark };
      else strategy = objectMode ? { highWaterMark, size: () => 1 } : { highWaterMark, size: (chunk) => chunk.byteLength ?? chunk.length };
    }
    let controller;
    let canceled = false;
    const onData = (chunk) => {
      if (host.global.Buffer.isBuffer(chunk) && !objectMode) chunk = isBytes ? new Uint8Array(chunk) : bytes(chunk);
      controller.enqueue(chunk);
      if (controller.desiredSize <= 0) sr.pause();
    };
    sr.pause();
    const cleanup = stream().finished(sr, (error) => {
      error = told(error);
      cleanup();
      sr.on('error', () => {});
      if (error) {
        controller.error(error);
        return;
      }
      if (canceled) return;
      controller.close();
      if (isBytes) controller.byobRequest?.respond(0);
    });
    sr.on('data', onData);
    const source = {
      start(c) {
        controller = c;
      },
      pull() {
        sr.resume();
      },
      cancel(reason) {
        canceled = true;
        stream().destroy(sr, reason);
      },
    };
    if (isBytes) source.type = 'bytes';
    return new ReadableStream(source, strategy);
  }

  function readableFromWeb(r, options = {}) {
    if (u.stateOf(r, 'ReadableStream') === undefined) host.argType('readableStream', r, 'ReadableStream');
    const { highWaterMark, encoding, objectMode = false, signal } = optionsOf(options);
    if (encoding !== undefined && !host.global.Buffer.isEncoding(encoding)) throw u.argValue('options.encoding', encoding);
    host.checkBoolean(objectMode, 'options.objectMode');
    checkSignal(options);
    const reader = r.getReader();
    let closed = false;
    const readable = new (stream().Readable)({
      objectMode, highWaterMark, encoding, signal,
      read: () => readInto(reader, () => readable),
      destroy(error, callback) {
        const done = settle(callback, error);
        if (closed) {
          done();
          return;
        }
        then(reader.cancel(error), done, done);
      },
    });
    then(reader.closed, () => {
      closed = true;
    }, (error) => {
      closed = true;
      stream().destroy(readable, error);
    });
    return readable;
  }

  function readInto(reader, target) {
    then(reader.read(), (chunk) => {
      if (chunk.done) target().push(null);
      else target().push(chunk.value);
    }, (error) => stream().destroy(target(), error));
  }

  function pairFromDuplex(duplex, options = {}) {
    if (duplex === null || typeof duplex !== 'object' || typeof duplex._writableState !== 'object' || typeof duplex._readableState !== 'object') {
      host.argType('duplex', duplex, 'stream.Duplex');
    }
    optionsOf(options);
    if (isDestroyed(duplex)) {
      const writable = new WritableStream();
      const readable = new ReadableStream(options.type === 'bytes' ? { type: 'bytes' } : {});
      writable.close();
      readable.cancel();
      return { readable, writable };
    }
    const writable = stream().isWritable(duplex) ? writableToWeb(duplex) : new WritableStream();
    if (!stream().isWritable(duplex)) writable.close();
    const readable = stream().isReadable(duplex) ? readableToWeb(duplex, options) : new ReadableStream();
    if (!stream().isReadable(duplex)) readable.cancel();
    return { writable, readable };
  }

  function duplexFromWeb(pair = {}, options = {}) {
    host.checkObject(pair, 'pair');
    const { readable: r, writable: w } = pair;
    if (u.stateOf(r, 'ReadableStream') === undefined) host.argType('pair.readable', r, 'ReadableStream');
    if (u.stateOf(w, 'WritableStream') === undefined) host.argType('pair.writable', w, 'WritableStream');
    const { allowHalfOpen = false, objectMode = false, encoding, decodeStrings = true, highWaterMark, signal } = optionsOf(options);
    host.checkBoolean(objectMode, 'options.objectMode');
    if (encoding !== undefined && !host.global.Buffer.isEncoding(encoding)) throw u.argValue('options.encoding', encoding);
    const writer = w.getWriter();
    const reader = r.getReader();
    let writableClosed = false;
    let readableClosed = false;
    const duplex = new (stream().Duplex)({
      allowHalfOpen, highWaterMark, objectMode, encoding, decodeStrings, signal,
      writev: (chunks, callback) => writeAll(writer, chunks, callback, () => duplex),
      write: (chunk, enc, callback) => writeOne(writer, encodeChunk(chunk, enc, decodeStrings, objectMode), callback, () => duplex),
      final(callback) {
        if (!writableClosed) finishWriter(writer, callback, () => duplex);
      },
      read: () => readInto(reader, () => duplex),
      destroy(error, callback) {
        const done = settle(callback, error);
        const closeWriter = () => (writableClosed ? undefined : writer.abort(error));
        const closeReader = () => (readableClosed ? undefined : reader.cancel(error));
        if (writableClosed && readableClosed) {
          done();
          return;
        }
        then(Promise.all([closeWriter(), closeReader()]), done, done);
      },
    });
    then(writer.closed, () => {
      writableClosed = true;
    }, (error) => {
      writableClosed = true;
      stream().destroy(duplex, error);
    });
    then(reader.closed, () => {
      readableClosed = true;
    }, (error) => {
      readableClosed = true;
      stream().destroy(duplex, error);
    });
    return duplex;
  }

  return { writableToWeb, writableFromWeb, readableToWeb, readableFromWeb, pairFromDuplex, duplexFromWeb };
};
