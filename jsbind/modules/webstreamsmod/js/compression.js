// CompressionStream and DecompressionStream
// (https://compression.spec.whatwg.org/), over node:zlib.
(host, u, adapters) => {
  const makers = {
    deflate: ['createDeflate', 'createInflate'],
    'deflate-raw': ['createDeflateRaw', 'createInflateRaw'],
    gzip: ['createGzip', 'createGunzip'],
    brotli: ['createBrotliCompress', 'createBrotliDecompress'],
  };

  function pair(format, which, name) {
    const maker = Object.hasOwn(makers, format) ? makers[format][which] : undefined;
    if (maker === undefined) {
      throw host.error('TypeError', 'ERR_INVALID_ARG_VALUE', `Failed to construct '${name}': 1st argument value '${format}' is not a valid enum value of type CompressionFormat.`);
    }
    const zlib = host.requireIfThere('zlib');
    if (zlib === undefined) throw host.notImplemented(`new ${name}`);
    // A transform after the first end of a member is an error, as the web has it.
    const options = which === 1 && format !== 'brotli' ? { rejectGarbageAfterEnd: true } : undefined;
    return adapters.pairFromDuplex(zlib[maker](options));
  }

  class CompressionStream {
    constructor(format) {
      u.attach(this, { kind: 'CompressionStream', pair: pair(`${format}`, 0, 'CompressionStream') });
    }

    get readable() {
      return u.privately(this, 'CompressionStream', 'readable', 'transform').pair.readable;
    }

    get writable() {
      return u.privately(this, 'CompressionStream', 'writable', 'transform').pair.writable;
    }
  }

  class DecompressionStream {
    constructor(format) {
      u.attach(this, { kind: 'DecompressionStream', pair: pair(`${format}`, 1, 'DecompressionStream') });
    }

    get readable() {
      return u.privately(this, 'DecompressionStream', 'readable', 'transform').pair.readable;
    }

    get writable() {
      return u.privately(this, 'DecompressionStream', 'writable', 'transform').pair.writable;
    }
  }

  u.webClass(CompressionStream, (o) => ({ readable: o.readable, writable: o.writable }));
  u.webClass(DecompressionStream, (o) => ({ readable: o.readable, writable: o.writable }));
  return { classes: { CompressionStream, DecompressionStream } };
};
