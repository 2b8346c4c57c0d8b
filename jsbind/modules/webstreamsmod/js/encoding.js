// TextEncoderStream and TextDecoderStream
// (https://encoding.spec.whatwg.org/#interface-textencoderstream).
(host, u, ts) => {
  class TextEncoderStream {
    constructor() {
      let pending = ''; // a lead surrogate
      const t = ts.create({
        transform: (chunk, put) => {
          let text = pending + `${chunk}`;
          pending = '';
          const last = text.charCodeAt(text.length - 1);
          if (last >= 0xd800 && last <= 0xdbff) {
            pending = text[text.length - 1];
            text = text.slice(0, -1);
          }
          if (text !== '') put(host.encode(text));
        },
        flush: (put) => {
          if (pending !== '') put(new Uint8Array([0xef, 0xbf, 0xbd]));
        },
      });
      u.attach(this, { kind: 'TextEncoderStream', transform: t });
    }

    get encoding() {
      u.privately(this, 'TextEncoderStream', 'encoding', 'handle');
      return 'utf-8';
    }

    get readable() {
      return u.privately(this, 'TextEncoderStream', 'readable', 'transform').transform.readable.object;
    }

    get writable() {
      return u.privately(this, 'TextEncoderStream', 'writable', 'transform').transform.writable.object;
    }
  }

  class TextDecoderStream {
    constructor(encoding = 'utf-8', options = {}) {
      const { TextDecoder } = host.require('util');
      const decoder = new TextDecoder(encoding, options);
      const t = ts.create({
        transform: (chunk, put) => {
          const text = decoder.decode(chunk, { stream: true });
          if (text !== '') put(text);
        },
        flush: (put) => {
          const text = decoder.decode();
          if (text !== '') put(text);
        },
      });
      u.attach(this, { kind: 'TextDecoderStream', transform: t, decoder });
    }

    get encoding() {
      return u.privately(this, 'TextDecoderStream', 'encoding', 'handle').decoder.encoding;
    }

    get fatal() {
      return u.privately(this, 'TextDecoderStream', 'fatal', 'handle').decoder.fatal;
    }

    get ignoreBOM() {
      return u.privately(this, 'TextDecoderStream', 'ignoreBOM', 'handle').decoder.ignoreBOM;
    }

    get readable() {
      return u.privately(this, 'TextDecoderStream', 'readable', 'transform').transform.readable.object;
    }

    get writable() {
      return u.privately(this, 'TextDecoderStream', 'writable', 'transform').transform.writable.object;
    }
  }

  u.webClass(TextEncoderStream, (o) => ({ encoding: o.encoding, readable: o.readable, writable: o.writable }));
  u.webClass(TextDecoderStream, (o) => ({ encoding: o.encoding, fatal: o.fatal, ignoreBOM: o.ignoreBOM, readable: o.readable, writable: o.writable }));
  return { classes: { TextEncoderStream, TextDecoderStream } };
};
