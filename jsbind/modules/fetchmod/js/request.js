// Request (https://fetch.spec.whatwg.org/#request-class).
(host, idl, h, bodies) => {
  const { URL, AbortController, AbortSignal } = host.global;
  const normal = { delete: 'DELETE', get: 'GET', head: 'HEAD', options: 'OPTIONS', post: 'POST', put: 'PUT' };
  function referrerOf(text) {
    try {
      const url = new URL(text);
      return url.protocol === 'about:' && url.hostname === 'client' ? 'client' : url.href === 'about:client' ? 'client' : url.href;
    } catch (e) {
      throw new TypeError(`Referrer "${text}" is not a valid URL.`, { cause: e });
    }
  }

  const policies = ['', 'no-referrer', 'no-referrer-when-downgrade', 'same-origin', 'origin', 'strict-origin', 'origin-when-cross-origin', 'strict-origin-when-cross-origin', 'unsafe-url'];
  let patched = false;

  function methodOf(method) {
    method = idl.byteString(method, 'RequestInit', 'method');
    if (!h.token.test(method)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
    const upper = method.toUpperCase();
    if (upper === 'CONNECT' || upper === 'TRACE' || upper === 'TRACK') throw new TypeError(`'${method}' HTTP method is unsupported.`);
    if (Object.hasOwn(normal, method.toLowerCase())) return normal[method.toLowerCase()];
    if (method === 'patch' && !patched) {
      patched = true;
      host.global.process.emitWarning('Using `patch` is highly likely to result in a `405 Method Not Allowed`. `PATCH` is much more likely to succeed.', { code: 'UNDICI-FETCH-patch' });
    }
    return method;
  }

  class Request {
    constructor(input, init = {}) {
      idl.args(arguments, 1, 'Request constructor');
      const from = idl.stateOf(input, 'Request');
      init = idl.dictionary(init, 'undefined');
      const s = idl.attach(this, {
        kind: 'Request', method: 'GET', url: '', list: undefined, headers: undefined, referrer: 'client', referrerPolicy: '', mode: 'cors', credentials: 'same-origin',
        cache: 'default', redirect: 'follow', integrity: '', keepalive: false, signal: undefined, body: null, dispatcher: undefined,
      });
      let signal = null;
      if (from === undefined) {
        const text = idl.usvString(input, 'Request constructor', 'input');
        let url;
        try {
          url = new URL(text);
        } catch (e) {
          throw new TypeError(`Failed to parse URL from ${text}`, { cause: e });
        }
        if (url.username || url.password) throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${text}`);
        s.url = url.href;
      } else {
        for (const k of ['method', 'url', 'referrer', 'referrerPolicy', 'mode', 'credentials', 'cache', 'redirect', 'integrity', 'keepalive', 'dispatcher']) s[k] = from[k];
        signal = input.signal;
      }
      if (init.duplex != null) idl.oneOf(`${init.duplex}`, ['half']);
      if (init.window != null) throw new TypeError("'window' option 'client' must be null");
      if (init.referrer !== undefined) {
        const r = idl.usvString(init.referrer, 'RequestInit', 'referrer');
        s.referrer = r === '' ? 'no-referrer' : referrerOf(r);
      }
      if (init.referrerPolicy !== undefined) s.referrerPolicy = idl.oneOf(`${init.referrerPolicy}`, policies);
      if (init.mode !== undefined) s.mode = idl.oneOf(`${init.mode}`, ['navigate', 'same-origin', 'no-cors', 'cors']);
      if (s.mode === 'navigate') throw new TypeError('Request constructor: invalid request mode navigate.');
      if (init.credentials !== undefined) s.credentials = idl.oneOf(`${init.credentials}`, ['omit', 'same-origin', 'include']);
      if (init.cache !== undefined) s.cache = idl.oneOf(`${init.cache}`, ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached']);
      if (s.cache === 'only-if-cached' && s.mode !== 'same-origin') throw new TypeError("'only-if-cached' can be set only with 'same-origin' mode");
      if (init.redirect !== undefined) s.redirect = idl.oneOf(`${init.redirect}`, ['follow', 'manual', 'error']);
      if (init.integrity != null) s.integrity = String(init.integrity);
      if (init.keepalive !== undefined) s.keepalive = Boolean(init.keepalive);
      if (init.method !== undefined) s.method = methodOf(init.method);
      if (init.signal !== undefined) {
        signal = init.signal;
        if (signal !== null && !(signal instanceof AbortSignal)) throw new TypeError(`RequestInit: Expected signal ("${signal}") to be an instance of AbortSignal.`);
      }
      if (init.dispatcher !== undefined) s.dispatcher = init.dispatcher;
      s.upstream = signal;
      s.list = from === undefined ? h.newList() : h.copy(from.list);
      s.headers = h.make(s.list, 'request');
      if (init.headers !== undefined) {
        if (from !== undefined) {
          s.list.map.clear();
          s.list.cookies = [];
        }
        h.fill(s.headers[idl.kState], init.headers);
      }
      const inherited = from?.body ?? null;
      if ((init.body != null || inherited !== null) && (s.method === 'GET' || s.method === 'HEAD')) throw new TypeError('Request with GET/HEAD method cannot have body.');
      if (init.body != null) {
        const [body, type] = bodies.extract(init.body, s.keepalive);
        s.body = body;
        if (type && !h.has(s.list, 'content-type')) h.append(s.list, 'content-type', type);
      } else if (inherited !== null) {
        if (bodies.unusable(inherited)) throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
        s.body = bodies.newBody(inherited.source, inherited.length, inherited.stream && inherited.stream.pipeThrough(new host.global.TransformStream()));
        inherited.used = true;
      }
      if (s.body !== null && s.body.source === null && inherited === null) {
        if (init.duplex == null) throw new TypeError('RequestInit: duplex option is required when sending a body.');
      }
    }

    get method() {
      return idl.need(this, 'Request').method;
    }

    get url() {
      return idl.need(this, 'Request').url;
    }

    get headers() {
      return idl.need(this, 'Request').headers;
    }

    get destination() {
      idl.need(this, 'Request');
      return '';
    }

    get referrer() {
      const { referrer } = idl.need(this, 'Request');
      if (referrer === 'no-referrer') return '';
      return referrer === 'client' ? 'about:client' : referrer;
    }

    get referrerPolicy() {
      return idl.need(this, 'Request').referrerPolicy;
    }

    get mode() {
      return idl.need(this, 'Request').mode;
    }

    get credentials() {
      return idl.need(this, 'Request').credentials;
    }

    get cache() {
      return idl.need(this, 'Request').cache;
    }

    get redirect() {
      return idl.need(this, 'Request').redirect;
    }

    get integrity() {
      return idl.need(this, 'Request').integrity;
    }

    get keepalive() {
      return idl.need(this, 'Request').keepalive;
    }

    get isReloadNavigation() {
      idl.need(this, 'Request');
      return false;
    }

    get isHistoryNavigation() {
      idl.need(this, 'Request');
      return false;
    }

    get signal() {
      return signalOf(idl.need(this, 'Request'));
    }

    get body() {
      const { body } = idl.need(this, 'Request');
      return body === null ? null : bodies.stream(body);
    }

    get bodyUsed() {
      return bodies.used(idl.need(this, 'Request').body);
    }

    get duplex() {
      idl.need(this, 'Request');
      return 'half';
    }

    clone() {
      const s = idl.need(this, 'Request');
      if (bodies.unusable(s.body)) throw new TypeError('unusable');
      const copy = { ...s, object: undefined, list: h.copy(s.list), body: bodies.clone(s.body), signal: undefined, upstream: signalOf(s) };
      copy.headers = h.make(copy.list, 'request');
      return idl.make(Request, copy);
    }
  }

  // A request has a signal of its own, made when it is asked for.
  function signalOf(s) {
    if (s.signal === undefined) {
      const c = new AbortController();
      s.signal = c.signal;
      if (s.upstream?.aborted) c.abort(s.upstream.reason);
      else s.upstream?.addEventListener('abort', () => c.abort(s.upstream.reason), { once: true });
    }
    return s.signal;
  }

  bodies.mixin(Request, 'Request', (s) => h.get(s.list, 'content-type'));
  idl.webClass(Request, (o) => {
    const out = {};
    for (const k of [
      'method', 'url', 'headers', 'destination', 'referrer', 'referrerPolicy', 'mode', 'credentials', 'cache', 'redirect', 'integrity', 'keepalive',
      'isReloadNavigation', 'isHistoryNavigation', 'signal',
    ]) out[k] = o[k];
    return out;
  });
  return { Request };
};
