// WebSocket (https://websockets.spec.whatwg.org/#the-websocket-interface).
(host, idl, native) => {
  const { URL, Blob, EventTarget, Event, MessageEvent, CloseEvent } = host.global;
  const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
  const [CONNECTING, OPEN, CLOSING, CLOSED] = [0, 1, 2, 3];
  const TEXT = 1;
  const BINARY = 2;
  const CLOSE = 8;
  const PING = 9;
  const PONG = 10;

  class ErrorEvent extends Event {
    constructor(type, init = {}) {
      super(type, init);
      Object.defineProperty(this, idl.kState, { value: { kind: 'ErrorEvent', init } });
    }

    get message() {
      return idl.need(this, 'ErrorEvent').init.message ?? '';
    }

    get filename() {
      return idl.need(this, 'ErrorEvent').init.filename ?? '';
    }

    get lineno() {
      return idl.need(this, 'ErrorEvent').init.lineno ?? 0;
    }

    get colno() {
      return idl.need(this, 'ErrorEvent').init.colno ?? 0;
    }

    get error() {
      return idl.need(this, 'ErrorEvent').init.error;
    }
  }
  idl.webClass(ErrorEvent);

  const syntax = (message) => host.domException(message, 'SyntaxError');

  function urlOf(v) {
    let url;
    try {
      url = new URL(v);
    } catch (e) {
      throw syntax(String(e));
    }
    if (url.protocol === 'http:') url.protocol = 'ws:';
    else if (url.protocol === 'https:') url.protocol = 'wss:';
    if (url.protocol !== 'ws:' && url.protocol !== 'wss:') throw syntax('expected a ws: or wss: url');
    if (url.hash !== '' || url.href.endsWith('#')) throw syntax('hash');
    return url;
  }

  class WebSocket extends EventTarget {
    constructor(url, protocols = []) {
      super();
      idl.args(arguments, 1, 'WebSocket constructor');
      let headers;
      if (protocols !== null && typeof protocols === 'object' && typeof protocols[Symbol.iterator] !== 'function') {
        ({ headers } = protocols);
        protocols = protocols.protocols ?? [];
      }
      url = idl.usvString(url, 'WebSocket constructor', 'url');
      const parsed = urlOf(url);
      const list = typeof protocols === 'string' || typeof protocols[Symbol.iterator] !== 'function' ? [`${protocols}`] : [...protocols].map(String);
      if (new Set(list.map((p) => p.toLowerCase())).size !== list.length || list.some((p) => !token.test(p))) throw syntax('Invalid Sec-WebSocket-Protocol value');
      const s = {
        kind: 'WebSocket', object: this, url: parsed, state: CONNECTING, binaryType: 'blob', protocol: '', extensions: '', buffered: 0, socket: undefined,
        decoder: undefined, closeSent: false, closeReceived: false, code: 1006, reason: '', request: undefined, sending: Promise.resolve(), waiting: 0, clean: false, failed: false,
      };
      Object.defineProperty(this, idl.kState, { value: s });
      connect(s, list, headers);
    }

    close(code = undefined, reason = undefined) {
      const s = idl.need(this, 'WebSocket');
      if (code !== undefined) {
        code = Number(code);
        code = Math.min(Math.max(Math.round(code) || 0, 0), 65535);
        if (code !== 1000 && (code < 3000 || code > 4999)) throw host.domException('invalid code', 'InvalidAccessError');
      }
      if (reason !== undefined) {
        reason = idl.usvString(reason, 'WebSocket.close', 'reason');
        const { byteLength } = host.encode(reason);
        if (byteLength > 123) throw syntax(`Reason must be less than 123 bytes; received ${byteLength}`);
      }
      if (s.state === CLOSING || s.state === CLOSED) return;
      if (s.state === CONNECTING) {
        fail(s);
        return;
      }
      s.state = CLOSING;
      inOrder(s, () => sendClose(s, code, reason));
    }

    send(data) {
      const s = idl.need(this, 'WebSocket');
      idl.args(arguments, 1, 'WebSocket.send');
      if (s.state === CONNECTING) throw host.domException('Sent before connected.', 'InvalidStateError');
      if (!(data instanceof Blob) && !host.isAnyBuffer(data) && !host.isView(data)) data = idl.usvString(data, 'WebSocket.send', 'data');
      if (s.state !== OPEN) return;
      if (data instanceof Blob) {
        s.buffered += data.size;
        inOrder(s, () => data.bytes().then((bytes) => write(s, BINARY, bytes)));
        return;
      }
      const text = typeof data === 'string';
      const bytes = text ? host.encode(data) : host.copyOf(data);
      s.buffered += bytes.byteLength;
      inOrder(s, () => write(s, text ? TEXT : BINARY, bytes));
    }

    get readyState() {
      return idl.need(this, 'WebSocket').state;
    }

    get bufferedAmount() {
      return idl.need(this, 'WebSocket').buffered;
    }

    get url() {
      return idl.need(this, 'WebSocket').url.href;
    }

    get extensions() {
      return idl.need(this, 'WebSocket').extensions;
    }

    get protocol() {
      return idl.need(this, 'WebSocket').protocol;
    }
  }
  for (const type of ['open', 'error', 'close', 'message']) native.defineHandler(WebSocket.prototype, type);
  Object.defineProperty(WebSocket.prototype, 'binaryType', {
    enumerable: true, configurable: true,
    get: Object.getOwnPropertyDescriptor({
      get binaryType() {
        return idl.need(this, 'WebSocket').binaryType;
      },
    }, 'binaryType').get,
    set: Object.getOwnPropertyDescriptor({
      set binaryType(v) {
        idl.need(this, 'WebSocket').binaryType = v === 'arraybuffer' ? 'arraybuffer' : 'blob';
      },
    }, 'binaryType').set,
  });
  idl.webClass(WebSocket);
  [['CONNECTING', 0], ['OPEN', 1], ['CLOSING', 2], ['CLOSED', 3]].forEach(([name, value]) => {
    const d = { value, writable: false, enumerable: true, configurable: false };
    Object.defineProperty(WebSocket, name, d);
    Object.defineProperty(WebSocket.prototype, name, d);
  });
  Object.defineProperty(WebSocket, 'length', { value: 1, configurable: true });

  const dispatch = (s, e) => s.object.dispatchEvent(e);

  function connect(s, protocols, extra) {
    const { url } = s;
    const secure = url.protocol === 'wss:';
    const key = native.key();
    const headers = [
      'host', url.host, 'connection', 'upgrade', 'upgrade', 'websocket',
    ];
    if (extra != null) for (const [k, v] of new host.global.Headers(extra)) headers.push(k, v);
    headers.push('sec-websocket-key', key, 'sec-websocket-version', '13');
    if (protocols.length > 0) headers.push('sec-websocket-protocol', protocols.join(', '));
    headers.push(
      'sec-websocket-extensions', 'permessage-deflate; client_max_window_bits', 'accept', '*/*', 'accept-language', '*', 'sec-fetch-mode', 'websocket',
      'user-agent', 'node', 'pragma', 'no-cache', 'cache-control', 'no-cache', 'accept-encoding', secure ? 'br, gzip, deflate' : 'gzip, deflate',
    );
    const http = host.require(secure ? 'https' : 'http');
    const req = s.request = http.request({
      protocol: secure ? 'https:' : 'http:', hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: url.port || undefined, path: url.pathname + url.search,
      headers, setHost: false, agent: false,
    });
    req.on('error', () => fail(s));
    req.on('response', (res) => {
      res.on('error', () => {});
      res.resume();
      fail(s);
    });
    req.on('upgrade', (res, socket, head) => {
      if (s.state !== CONNECTING) {
        socket.destroy();
        return;
      }
      if (!agreed(s, res, key, protocols)) {
        socket.destroy();
        fail(s);
        return;
      }
      open(s, socket, head);
    });
    req.end();
  }

  // agreed checks the answer to the handshake.
  function agreed(s, res, key, protocols) {
    const { headers } = res;
    if (headers.upgrade?.toLowerCase() !== 'websocket' || !/(^|,)\s*upgrade\s*(,|$)/i.test(headers.connection ?? '')) return false;
    if (headers['sec-websocket-accept'] !== native.accept(key)) return false;
    const extensions = headers['sec-websocket-extensions'];
    let deflate = false;
    let noContext = false;
    if (extensions !== undefined) {
      const [name, ...parameters] = extensions.split(';').map((x) => x.trim().toLowerCase());
      if (name !== 'permessage-deflate' || extensions.includes(',')) return false;
      for (const p of parameters) {
        if (p === 'server_no_context_takeover') noContext = true;
        else if (p !== 'client_no_context_takeover' && !/^(client|server)_max_window_bits(=\d+)?$/.test(p)) return false;
      }
      deflate = true;
      s.extensions = extensions;
    }
    const protocol = headers['sec-websocket-protocol'];
    if (protocol !== undefined) {
      if (!protocols.includes(protocol)) return false;
      s.protocol = protocol;
    }
    s.decoder = native.decoder(deflate, noContext);
    return true;
  }

  function open(s, socket, head) {
    s.socket = socket;
    s.state = OPEN;
    socket.setTimeout(0);
    socket.setNoDelay(true);
    socket.on('data', (chunk) => received(s, chunk));
    socket.on('error', () => {});
    socket.on('close', () => closed(s));
    dispatch(s, new Event('open'));
    if (head.length > 0) received(s, head);
  }

  function received(s, chunk) {
    const { messages, error } = s.decoder(chunk);
    for (const { opcode, payload } of messages) {
      if (s.closeReceived) return;
      take(s, opcode, payload);
    }
    if (error !== undefined) failConnection(s, error.code, error.reason);
  }

  function take(s, opcode, payload) {
    switch (opcode) {
      case TEXT:
      case BINARY: {
        if (s.state !== OPEN) return;
        let data;
        if (opcode === TEXT) data = native.text(payload);
        else if (s.binaryType === 'blob') data = new Blob([payload]);
        else data = payload.buffer;
        dispatch(s, new MessageEvent('message', { origin: s.url.origin, data }));
        return;
      }
      case PING:
        if (!s.closeReceived) s.socket.write(native.frame(PONG, payload));
        return;
      case CLOSE: {
        let code = 1005;
        if (payload.byteLength === 1) {
          failConnection(s, 1002, 'Received close frame with a 1-byte body.');
          return;
        }
        if (payload.byteLength >= 2) {
          code = payload[0] << 8 | payload[1];
          if (code < 1000 || code > 4999 || (code >= 1004 && code <= 1006) || (code > 1014 && code < 3000)) {
            failConnection(s, 1002, 'Invalid status code');
            return;
          }
          s.reason = native.text(payload.subarray(2));
        }
        s.code = code;
        s.closeReceived = true;
        s.clean = true;
        if (s.state === OPEN) s.state = CLOSING;
        if (!s.closeSent) {
          s.closeSent = true;
          s.socket.end(native.frame(CLOSE, payload.subarray(0, 2)));
        } else {
          s.socket.end();
        }
      }
    }
  }

  // inOrder does something that is sent, after what waits for the bytes of a Blob.
  function inOrder(s, f) {
    if (s.waiting === 0) {
      const p = f();
      if (p === undefined) return;
      s.waiting++;
      s.sending = p.then(() => s.waiting--);
      return;
    }
    s.waiting++;
    s.sending = s.sending.then(f).then(() => s.waiting--);
  }

  function write(s, opcode, bytes) {
    if (s.closeSent || s.socket === undefined || s.socket.destroyed) return;
    s.socket.write(native.frame(opcode, bytes), () => {
      s.buffered -= bytes.byteLength;
    });
  }

  function sendClose(s, code, reason) {
    if (s.closeSent) return;
    const text = reason === undefined ? new Uint8Array(0) : host.encode(reason);
    const payload = new Uint8Array(code === undefined && text.byteLength === 0 ? 0 : 2 + text.byteLength);
    if (payload.byteLength > 0) {
      payload[0] = (code ?? 1000) >> 8;
      payload[1] = (code ?? 1000) & 255;
      payload.set(text, 2);
    }
    s.socket.write(native.frame(CLOSE, payload));
    s.closeSent = true;
  }

  // failConnection ends a connection whose peer broke the protocol.
  function failConnection(s, code, reason) {
    if (s.state === OPEN && !s.closeSent) sendClose(s, code, '');
    s.failed = reason;
    s.socket.destroy();
  }

  // fail ends what never became a connection.
  function fail(s) {
    if (s.state === CLOSED) return;
    s.state = CLOSED;
    s.request.destroy();
    host.nextTick(() => {
      dispatch(s, new ErrorEvent('error', { error: new TypeError(''), message: '' }));
      dispatch(s, new CloseEvent('close', { wasClean: false, code: 1006, reason: '' }));
    });
  }

  function closed(s) {
    if (s.state === CLOSED) return;
    s.state = CLOSED;
    const wasClean = s.clean && s.closeSent;
    if (!wasClean) dispatch(s, new ErrorEvent('error', { error: new TypeError(s.failed || ''), message: s.failed || '' }));
    dispatch(s, new CloseEvent('close', { wasClean, code: s.code, reason: s.reason }));
  }

  return { WebSocket, ErrorEvent };
};
