// fetch (https://fetch.spec.whatwg.org/), over node:http and node:https.
(host, idl, h, bodies, requests, responses, web) => {
  const { URL, Blob } = host.global;
  const { util: u, rs, bytes } = web;
  const { Request } = requests;
  const badPorts = new Set([
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143,
    161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190,
    5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
  ]);
  const maxRedirects = 20;
  const connectTimeout = 10e3;
  const headersTimeout = 300e3;
  const bodyTimeout = 300e3;
  const ahead = 64 * 1024; // bytes of a body that are read before anybody asks

  class UndiciError extends Error {
    constructor(message, options) {
      super(message, options);
      this.name = 'UndiciError';
      this.code = 'UND_ERR';
    }
  }
  const errorClass = (name, code) => ({
    [name]: class extends UndiciError {
      constructor(message, extra) {
        super(message);
        this.name = name;
        this.code = code;
        Object.assign(this, extra);
      }
    },
  }[name]);
  const SocketError = errorClass('SocketError', 'UND_ERR_SOCKET');
  const ConnectTimeoutError = errorClass('ConnectTimeoutError', 'UND_ERR_CONNECT_TIMEOUT');
  const HeadersTimeoutError = errorClass('HeadersTimeoutError', 'UND_ERR_HEADERS_TIMEOUT');
  const BodyTimeoutError = errorClass('BodyTimeoutError', 'UND_ERR_BODY_TIMEOUT');

  const failed = (cause) => new TypeError('fetch failed', { cause });
  const networkError = (text) => failed(new Error(text));
  function socketError(socket) {
    return new SocketError('other side closed', {
      socket: {
        localAddress: socket?.localAddress, localPort: socket?.localPort, remoteAddress: socket?.remoteAddress, remotePort: socket?.remotePort,
        remoteFamily: socket?.remoteFamily, timeout: undefined, bytesWritten: socket?.bytesWritten, bytesRead: socket?.bytesRead,
      },
    });
  }
  const causeOf = (e, socket) => (e?.code === 'ECONNRESET' && (e.message === 'socket hang up' || e.message === 'aborted') ? socketError(socket) : e);

  const agents = {};
  function agentOf(protocol) {
    if (agents[protocol] === undefined) {
      const { Agent } = host.require(protocol === 'https:' ? 'https' : 'http');
      agents[protocol] = new Agent({ keepAlive: true, keepAliveMsecs: 60e3, timeout: 0 });
    }
    return agents[protocol];
  }
  const later = (f, ms) => {
    const t = host.global.setTimeout(f, ms);
    t.unref();
    return t;
  };

  function fetch(input, init = undefined) {
    const d = u.deferred();
    let request;
    try {
      request = new Request(input, init ?? {});
    } catch (e) {
      d.reject(e);
      return d.promise;
    }
    const s = request[idl.kState];
    const signal = s.upstream;
    const job = {
      request: s, url: new URL(s.url), urls: [], method: s.method, list: h.copy(s.list), body: s.body, redirects: 0, aborted: false,
      cancel: u.noop, response: undefined, settled: false, timing: newTiming(), reported: false,
      resolve(response) {
        job.settled = true;
        d.resolve(response);
      },
      reject(e) {
        job.settled = true;
        d.reject(e);
      },
    };
    if (signal?.aborted) {
      abortBody(s.body, signal.reason);
      d.reject(signal.reason);
      return d.promise;
    }
    signal?.addEventListener('abort', () => abort(job, signal.reason), { once: true });
    job.urls.push(job.url);
    u.handled(new Promise((resolve) => resolve(start(job))).catch((e) => {
      if (!job.settled) job.reject(e instanceof TypeError && e.message === 'fetch failed' ? e : failed(e));
    }));
    return d.promise;
  }

  function newTiming() {
    const t = host.now();
    return {
      startTime: t, redirectStartTime: 0, redirectEndTime: 0, postRedirectStartTime: t, finalServiceWorkerStartTime: 0, finalNetworkRequestStartTime: 0,
      finalNetworkResponseStartTime: 0, endTime: 0, encodedBodySize: 0, decodedBodySize: 0, finalConnectionTimingInfo: undefined,
    };
  }

  // report enters a finished fetch in the performance timeline.
  function report(job, status) {
    if (job.reported) return;
    job.reported = true;
    const { timing } = job;
    timing.endTime = host.now();
    const t = timing.postRedirectStartTime;
    timing.finalConnectionTimingInfo = {
      domainLookupStartTime: t, domainLookupEndTime: t, connectionStartTime: t, connectionEndTime: t, secureConnectionStartTime: t, ALPNNegotiatedProtocol: undefined,
    };
    host.require('perf_hooks').performance.markResourceTiming(timing, job.urls[0].href, 'fetch', host.global, '', {}, status, '');
  }

  function abortBody(body, reason) {
    if (body?.stream !== undefined) {
      const st = bodies.streamOf(body.stream);
      if (st.state === 'readable') u.handled(rs.cancel(st, reason));
    }
  }

  function abort(job, reason) {
    if (job.aborted) return;
    job.aborted = true;
    if (!job.settled) {
      abortBody(job.request.body, reason);
      job.reject(reason);
    }
    job.cancel(host.domException('The operation was aborted.', 'AbortError'));
  }

  function start(job) {
    switch (job.url.protocol) {
      case 'http:':
      case 'https:':
        if (badPorts.has(Number(job.url.port)) && job.url.port !== '') throw networkError('bad port');
        return send(job);
      case 'data:':
        return fetchData(job);
      case 'blob:':
        return fetchBlob(job);
      case 'about:':
        throw networkError('about scheme is not supported');
      case 'file:':
        throw networkError('not implemented... yet...');
    }
    throw networkError('unknown scheme');
  }

  function fetchData(job) {
    const data = host.dataURL(job.url.href);
    if (data === undefined) throw networkError('failed to fetch the data URL');
    const list = h.newList();
    h.append(list, 'Content-Type', data.type);
    deliver(job, { status: 200, statusText: 'OK', list, body: bodies.newBody(data.body, data.body.byteLength) });
  }

  function fetchBlob(job) {
    const blob = host.require('buffer').resolveObjectURL(job.url.href);
    if (job.method !== 'GET' || blob === undefined) throw networkError('invalid method');
    const list = h.newList();
    const range = h.get(job.list, 'range');
    let status = 200;
    let statusText = 'OK';
    let part = blob;
    if (range !== null) {
      const m = /^bytes=(\d*)-(\d*)$/.exec(range.trim());
      if (m === null || m[1] === '' && m[2] === '') throw networkError('failed to fetch the data URL');
      const from = m[1] === '' ? Math.max(blob.size - Number(m[2]), 0) : Number(m[1]);
      const to = m[1] === '' || m[2] === '' ? blob.size - 1 : Math.min(Number(m[2]), blob.size - 1);
      if (from >= blob.size) throw networkError("Range start is greater than the blob's size.");
      part = blob.slice(from, to + 1, blob.type);
      status = 206;
      statusText = 'Partial Content';
      h.append(list, 'content-range', `bytes ${from}-${to}/${blob.size}`);
    }
    h.append(list, 'content-length', `${part.size}`);
    h.append(list, 'content-type', blob.type);
    deliver(job, { status, statusText, list, body: bodies.newBody(part, part.size) });
  }

  function deliver(job, { status, statusText, list, body }) {
    const s = responses.newState({
      type: 'basic', status, statusText, list, body, urls: job.urls.map((url) => url.href), guard: 'immutable', aborted: () => job.aborted && body?.stream === undefined,
    });
    if (body === null) report(job, status);
    job.resolve(responses.make(s));
  }

  // headersOf makes the header lines of a request, as undici orders them.
  function headersOf(job) {
    const { url, list, request } = job;
    const out = ['host', url.host, 'connection', job.method === 'HEAD' ? 'close' : 'keep-alive'];
    for (const [key, { name, value }] of list.map) {
      if (key === 'host') out[1] = value;
      else if (key !== 'content-length' && key !== 'connection' && key !== 'transfer-encoding') out.push(name, value);
    }
    const add = (name, value) => {
      if (!h.has(list, name)) out.push(name, value);
    };
    add('accept', '*/*');
    add('accept-language', '*');
    if (request.referrer !== 'client' && request.referrer !== 'no-referrer') out.push('referer', request.referrer);
    if (!h.has(list, 'sec-fetch-mode')) out.push('sec-fetch-mode', request.mode);
    add('user-agent', 'node');
    if (request.cache === 'no-store' || request.cache === 'reload') {
      add('pragma', 'no-cache');
      add('cache-control', 'no-cache');
    } else if (request.cache === 'no-cache') {
      add('cache-control', 'max-age=0');
    }
    if (h.has(list, 'range')) out.push('accept-encoding', 'identity');
    else add('accept-encoding', url.protocol === 'https:' ? 'br, gzip, deflate' : 'gzip, deflate');
    if (job.body !== null) {
      if (job.body.length === null) out.push('transfer-encoding', 'chunked');
      else out.push('content-length', `${job.body.length}`);
    } else if (job.method === 'POST' || job.method === 'PUT') {
      out.push('content-length', '0');
    }
    return out;
  }

  function send(job) {
    const { url } = job;
    const http = host.require(url.protocol === 'https:' ? 'https' : 'http');
    const req = http.request({
      protocol: url.protocol, hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: url.port || undefined, path: url.pathname + url.search, method: job.method,
      headers: headersOf(job), setHost: false, agent: agentOf(url.protocol), servername: url.protocol === 'https:' ? (/^[\d.]+$|^\[/.test(url.hostname) ? '' : url.hostname) : undefined,
    });
    job.timing.finalNetworkRequestStartTime = host.now();
    let answered = false;
    let connected = false;
    let socket;
    const timers = [later(() => {
      if (!connected) req.destroy(new ConnectTimeoutError(`Connect Timeout Error (attempted address: ${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}, timeout: ${connectTimeout}ms)`));
    }, connectTimeout), later(() => {
      if (!answered) req.destroy(new HeadersTimeoutError('Headers Timeout Error'));
    }, headersTimeout)];
    const done = () => timers.forEach(host.global.clearTimeout);
    job.cancel = (e) => req.destroy(e);
    req.on('socket', (x) => {
      socket = x;
      connected = !x.connecting;
      if (x.connecting) {
        x.once('connect', () => {
          connected = true;
        });
      }
    });
    req.on('error', (e) => {
      done();
      if (!answered && !job.settled) job.reject(failed(job.bodyError ?? causeOf(e, socket)));
    });
    req.on('response', (res) => {
      answered = true;
      done();
      try {
        respond(job, req, res, () => socket);
      } catch (e) {
        res.destroy();
        if (!job.settled) job.reject(e instanceof TypeError && e.message === 'fetch failed' ? e : failed(e));
      }
    });
    writeBody(job, req);
  }

  // writeBody sends the request's body at the pace of the socket.
  function writeBody(job, req) {
    const { body } = job;
    if (body === null) {
      req.end();
      return;
    }
    if (body.stream === undefined && !(body.source instanceof Blob)) {
      body.used = true;
      req.end(body.source);
      return;
    }
    const st = bodies.streamOf(bodies.stream(body));
    const reader = rs.acquireReader(st);
    const fail = (e) => {
      job.bodyError = e;
      req.destroy(e);
      if (!job.settled) job.reject(failed(e));
    };
    const step = () => rs.read(reader, {
      chunk: (chunk) => {
        if (!(chunk instanceof Uint8Array) && typeof chunk !== 'string') {
          fail(new TypeError('Received non-Uint8Array chunk'));
          return;
        }
        if (req.destroyed) return;
        if (req.write(chunk)) u.then(u.resolvedWith(), step);
        else req.once('drain', step);
      },
      close: () => req.end(),
      error: fail,
    });
    step();
  }

  // respond takes the answer: a redirect is followed.
  function respond(job, req, res, socket) {
    job.timing.finalNetworkResponseStartTime = host.now();
    const list = h.newList();
    const raw = res.rawHeaders;
    for (let i = 0; i < raw.length; i += 2) h.append(list, raw[i].toLowerCase(), raw[i + 1]);
    const status = res.statusCode;
    if (responses.redirects.includes(status)) {
      const { redirect } = job.request;
      if (redirect === 'error') {
        res.destroy();
        throw networkError('unexpected redirect');
      }
      const location = h.get(list, 'location');
      if (redirect === 'follow' && location !== null) {
        res.on('error', u.noop);
        res.resume();
        follow(job, status, location);
        return;
      }
    }
    if (responses.nullBody.includes(status) || job.method === 'HEAD' || job.method === 'CONNECT') {
      res.on('error', u.noop);
      res.resume();
      deliver(job, { status, statusText: res.statusMessage, list, body: null });
      return;
    }
    const body = bodies.newBody(null, null, bodyStream(job, req, res, decoded(res, list), socket));
    deliver(job, { status, statusText: res.statusMessage, list, body });
  }

  function follow(job, status, location) {
    let url;
    try {
      url = new URL(location, job.url);
    } catch (e) {
      throw failed(e);
    }
    if (url.hash === '' && job.url.hash !== '') url.hash = job.url.hash;
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw networkError('URL scheme must be a HTTP(S) scheme');
    if (job.redirects === maxRedirects) throw networkError('redirect count exceeded');
    job.redirects++;
    job.timing.redirectStartTime ||= job.timing.startTime;
    job.timing.redirectEndTime = job.timing.postRedirectStartTime = host.now();
    if (job.request.mode === 'cors' && (url.username || url.password) && url.origin !== job.url.origin) throw networkError('cross origin not allowed for request mode "cors"');
    if (status !== 303 && job.body !== null && job.body.source === null) throw networkError('');
    if ((status === 301 || status === 302) && job.method === 'POST' || status === 303 && job.method !== 'GET' && job.method !== 'HEAD') {
      job.method = 'GET';
      job.body = null;
      for (const name of ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']) h.remove(job.list, name);
    }
    if (url.origin !== job.url.origin) for (const name of ['authorization', 'proxy-authorization', 'cookie', 'host']) h.remove(job.list, name);
    if (job.body !== null) job.body = bodies.newBody(job.body.source, job.body.length);
    job.url = url;
    job.urls.push(url);
    start(job);
  }

  // decoded undoes the content encodings.
  function decoded(res, list) {
    const encodings = (h.get(list, 'content-encoding') ?? '').split(',').map((x) => x.trim().toLowerCase()).filter((x) => x !== '' && x !== 'identity');
    if (encodings.length === 0) return res;
    const zlib = host.requireIfThere('zlib');
    const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH } = zlib.constants;
    const flush = { flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH };
    let out = res;
    const steps = [];
    for (const encoding of encodings.reverse()) {
      let step;
      if (encoding === 'gzip' || encoding === 'x-gzip') step = zlib.createGunzip(flush);
      else if (encoding === 'deflate') step = inflate(zlib, flush);
      else if (encoding === 'br') step = zlib.createBrotliDecompress({ flush: BROTLI_OPERATION_FLUSH, finishFlush: BROTLI_OPERATION_FLUSH });
      else return res;
      steps.push(step);
    }
    for (const step of steps) {
      out.on('error', (e) => step.destroy(e));
      out.pipe(step);
      out = step;
    }
    return out;
  }

  // inflate is for deflate, which some servers send without its zlib header.
  function inflate(zlib, options) {
    const { Transform } = host.require('stream');
    let inner;
    return new Transform({
      transform(chunk, encoding, callback) {
        if (inner === undefined && chunk.length > 0) {
          inner = (chunk[0] & 0x0f) === 0x08 ? zlib.createInflate(options) : zlib.createInflateRaw(options);
          inner.on('data', (c) => this.push(c));
          inner.on('error', (e) => this.destroy(e));
        }
        if (inner === undefined) callback();
        else inner.write(chunk, encoding, callback);
      },
      flush(callback) {
        if (inner === undefined) {
          callback();
          return;
        }
        inner.on('end', () => callback());
        inner.end();
      },
    });
  }

  // bodyStream is the stream of an answer's body. Some of it is read before
  // anybody asks, so that a small body that nobody wants frees its socket.
  function bodyStream(job, req, res, source, socket) {
    let timer = later(() => res.destroy(new BodyTimeoutError('Body Timeout Error')), bodyTimeout);
    const st = bytes.create({
      start: u.noop,
      pull: () => {
        if (source.isPaused()) source.resume();
        return u.resolvedWith();
      },
      cancel: () => {
        finish();
        if (!res.complete) res.destroy();
        else source.resume();
        return u.resolvedWith();
      },
    });
    const c = st.controller;
    let over = false;
    function finish() {
      over = true;
      host.global.clearTimeout(timer);
    }
    const fail = (e) => {
      if (over) return;
      finish();
      if (st.state !== 'readable') return;
      if (job.aborted) bytes.fail(c, host.domException('The operation was aborted.', 'AbortError'));
      else bytes.fail(c, new TypeError('terminated', { cause: causeOf(e, socket()) }));
    };
    job.cancel = (e) => {
      if (!over) {
        fail(e);
        res.destroy();
      }
    };
    source.on('data', (chunk) => {
      if (over || st.state !== 'readable') return;
      timer.refresh();
      job.timing.decodedBodySize += chunk.length;
      if (source === res) job.timing.encodedBodySize += chunk.length;
      bytes.enqueue(c, host.copyOf(chunk));
      if (c.queueSize >= ahead) source.pause();
    });
    source.on('end', () => {
      if (over) return;
      finish();
      report(job, res.statusCode);
      if (st.state !== 'readable') return;
      bytes.close(c);
      if (c.pendingPullIntos.length > 0) bytes.respond(c, 0);
    });
    source.on('error', fail);
    if (source !== res) {
      res.on('error', fail);
      res.on('data', (chunk) => {
        job.timing.encodedBodySize += chunk.length;
      });
    }
    res.on('aborted', () => fail(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })));
    req.on('error', fail);
    return st.object;
  }

  return { fetch, SocketError };
};
