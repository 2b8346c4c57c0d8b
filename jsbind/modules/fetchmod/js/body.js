// Bodies (https://fetch.spec.whatwg.org/#body-mixin).
(host, idl, { FormData, encode, decode }, web) => {
  const { Blob, URLSearchParams, ReadableStream } = host.global;
  const { util: u, rs } = web;
  const streamOf = (v) => u.stateOf(v, 'ReadableStream');

  // A body: a stream that is made when somebody asks for it, and what it is made
  // of, if that is known (source: bytes or a Blob).
  const newBody = (source, length, stream) => ({ source, length, stream, used: false });

  // extract converts a BodyInit: the body and its type.
  function extract(v, keepalive = false) {
    if (v instanceof ReadableStream && streamOf(v) !== undefined) {
      if (keepalive) throw new TypeError('keepalive');
      if (streamOf(v).disturbed || rs.isLocked(streamOf(v))) throw new TypeError('Response body object should not be disturbed or locked');
      return [newBody(null, null, v), null];
    }
    if (v instanceof URLSearchParams) return [ofText(v.toString()), 'application/x-www-form-urlencoded;charset=UTF-8'];
    if (host.isAnyBuffer(v) || host.isView(v)) {
      const b = host.copyOf(v);
      return [newBody(b, b.byteLength), null];
    }
    if (idl.stateOf(v, 'FormData') !== undefined) {
      const { boundary, blob } = encode(v);
      return [newBody(blob, blob.size), `multipart/form-data; boundary=${boundary}`];
    }
    if (v instanceof Blob) return [newBody(v, v.size), v.type || null];
    if (typeof v === 'object' && v !== null && typeof v[Symbol.asyncIterator] === 'function') return [newBody(null, null, ReadableStream.from(v)), null];
    return [ofText(idl.usvString(v, 'Response', 'body')), 'text/plain;charset=UTF-8'];
  }
  function ofText(s) {
    const b = host.encode(s);
    return newBody(b, b.byteLength);
  }

  // stream returns a body's ReadableStream.
  function stream(b) {
    if (b.stream === undefined) {
      if (b.used) {
        b.stream = new ReadableStream({ type: 'bytes', start: (c) => c.close() });
        b.stream.getReader();
      } else if (b.source instanceof Blob) {
        b.stream = b.source.stream();
      } else {
        let { source } = b;
        b.stream = web.byteStream(() => {
          const chunk = source;
          source = null;
          return u.resolvedWith(chunk !== null && chunk.byteLength > 0 ? host.copyOf(chunk) : null);
        });
      }
    }
    return b.stream;
  }
  const unusable = (b) => b !== null && (b.used || b.stream !== undefined && (streamOf(b.stream).disturbed || rs.isLocked(streamOf(b.stream))));
  const used = (b) => b !== null && (b.used || b.stream !== undefined && streamOf(b.stream).disturbed);

  // bytesOf reads all of a body.
  function bytesOf(b) {
    if (b === null) return u.resolvedWith(new Uint8Array(0));
    if (b.stream === undefined) {
      b.used = true;
      if (b.source instanceof Blob) return b.source.bytes();
      return u.resolvedWith(host.copyOf(b.source));
    }
    const s = streamOf(b.stream);
    const reader = rs.acquireReader(s);
    const chunks = [];
    const d = u.deferred();
    const step = () => rs.read(reader, {
      chunk: (c) => {
        if (!(c instanceof Uint8Array)) {
          const e = new TypeError('Received non-Uint8Array chunk');
          u.handled(rs.cancel(s, e));
          d.reject(e);
          return;
        }
        chunks.push(c);
        queueMicrotask(step);
      },
      close: () => d.resolve(chunks.length === 1 ? chunks[0] : host.concat(chunks)),
      error: d.reject,
    });
    step();
    return d.promise;
  }

  function clone(b) {
    if (b === null) return null;
    if (b.stream === undefined) return newBody(b.source, b.length);
    const [one, two] = b.stream.tee();
    b.stream = one;
    return newBody(b.source, b.length, two);
  }

  const parameters = /;\s*boundary=(?:"([^"]*)"|([^;]*))/i;

  // mixin adds the methods of bodies to a class; of returns the object's body and
  // type.
  function mixin(cls, kind, type) {
    const consume = (self, convert) => {
      const s = idl.stateOf(self, kind);
      if (s === undefined) return u.rejected(host.error('TypeError', 'ERR_INVALID_THIS', 'Illegal invocation'));
      if (unusable(s.body)) return u.rejected(new TypeError('Body is unusable: Body has already been read'));
      if (s.aborted?.()) return u.rejected(host.domException('The operation was aborted.', 'AbortError'));
      return u.then(bytesOf(s.body), (bytes) => convert(bytes, s));
    };
    const methods = {
      blob() {
        return consume(this, (bytes, s) => new Blob([bytes], { type: type(s) ?? '' }));
      },
      arrayBuffer() {
        return consume(this, (bytes) => (bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer));
      },
      text() {
        return consume(this, (bytes) => host.utf8(bytes));
      },
      json() {
        return consume(this, (bytes) => JSON.parse(host.utf8(bytes)));
      },
      formData() {
        return consume(this, (bytes, s) => {
          const t = type(s) ?? '';
          const essence = t.split(';', 1)[0].trim().toLowerCase();
          if (essence === 'multipart/form-data') {
            const m = parameters.exec(t);
            if (m === null || (m[1] ?? m[2]).trim() === '') throw new TypeError('Failed to parse body as FormData.', { cause: new TypeError('missing boundary in content-type header') });
            return decode(bytes, (m[1] ?? m[2]).trim());
          }
          if (essence === 'application/x-www-form-urlencoded') {
            const form = new FormData();
            for (const [k, v] of new URLSearchParams(host.utf8(bytes))) form.append(k, v);
            return form;
          }
          throw new TypeError('Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".');
        });
      },
      bytes() {
        return consume(this, (bytes) => new Uint8Array(bytes));
      },
    };
    for (const name of Object.keys(methods)) {
      Object.defineProperty(cls.prototype, name, { value: methods[name], enumerable: true, configurable: true, writable: true });
    }
  }

  return { newBody, extract, stream, unusable, used, bytesOf, clone, mixin, streamOf };
};
