// Response (https://fetch.spec.whatwg.org/#response-class).
(host, idl, h, bodies) => {
  const { URL } = host.global;
  const nullBody = [101, 204, 205, 304];
  const redirects = [301, 302, 303, 307, 308];
  const reason = /^[\t\x20-\x7e\x80-\xff]*$/;

  const newState = (extra) => ({
    kind: 'Response', type: 'default', status: 200, statusText: '', list: h.newList(), body: null, urls: [], headers: undefined, aborted: undefined, ...extra,
  });
  function headersOf(s, guard = 'response') {
    return s.headers ??= h.make(s.list, s.guard ?? guard);
  }

  function initialize(s, init, body, type) {
    const where = 'Response constructor';
    if (init.status !== undefined) {
      const status = Number(init.status) & 0xffff;
      if (!(status >= 200 && status <= 599)) throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
      s.status = status;
    }
    if (init.statusText !== undefined) {
      s.statusText = idl.byteString(init.statusText, where, 'statusText');
      if (!reason.test(s.statusText)) throw new TypeError('Invalid statusText');
    }
    if (init.headers != null) h.fill(headersOf(s)[idl.kState], init.headers);
    if (body !== null) {
      if (nullBody.includes(s.status)) throw new TypeError(`Response constructor: Invalid response status code ${s.status}`);
      s.body = body;
      if (type !== null && !h.has(s.list, 'content-type')) h.append(s.list, 'content-type', type);
    }
  }

  class Response {
    constructor(body = null, init = {}) {
      let extracted = null;
      let type = null;
      init = idl.dictionary(init, 'undefined');
      if (body !== null) [extracted, type] = bodies.extract(body);
      initialize(idl.attach(this, newState()), init, extracted, type);
    }

    static error() {
      return idl.make(Response, newState({ type: 'error', status: 0, guard: 'immutable' }));
    }

    static json(data, init = {}) {
      idl.args(arguments, 1, 'Response.json');
      const text = JSON.stringify(data);
      if (text === undefined) throw new TypeError('Value is not JSON serializable');
      const [body] = bodies.extract(text);
      const s = newState();
      const o = idl.make(Response, s);
      initialize(s, idl.dictionary(init, 'undefined'), body, 'application/json');
      return o;
    }

    static redirect(url, status = 302) {
      idl.args(arguments, 1, 'Response.redirect');
      url = idl.usvString(url, 'Response.redirect', 'url');
      let parsed;
      try {
        parsed = new URL(url);
      } catch (e) {
        throw new TypeError(`Failed to parse URL from ${url}`, { cause: e });
      }
      status = Number(status) & 0xffff;
      if (!redirects.includes(status)) throw new RangeError(`Invalid status code ${status}`);
      const s = newState({ status, guard: 'immutable' });
      h.append(s.list, 'location', parsed.href);
      return idl.make(Response, s);
    }

    get type() {
      return idl.need(this, 'Response').type;
    }

    get url() {
      const { urls } = idl.need(this, 'Response');
      return urls.length > 0 ? urls[urls.length - 1].split('#', 1)[0] : '';
    }

    get redirected() {
      return idl.need(this, 'Response').urls.length > 1;
    }

    get status() {
      return idl.need(this, 'Response').status;
    }

    get ok() {
      const { status } = idl.need(this, 'Response');
      return status >= 200 && status <= 299;
    }

    get statusText() {
      return idl.need(this, 'Response').statusText;
    }

    get headers() {
      return headersOf(idl.need(this, 'Response'));
    }

    get body() {
      const { body } = idl.need(this, 'Response');
      return body === null ? null : bodies.stream(body);
    }

    get bodyUsed() {
      return bodies.used(idl.need(this, 'Response').body);
    }

    clone() {
      const s = idl.need(this, 'Response');
      if (bodies.unusable(s.body)) throw new TypeError('Response.clone: Body has already been consumed.');
      return idl.make(Response, { ...s, object: undefined, list: h.copy(s.list), headers: undefined, urls: s.urls.slice(), body: bodies.clone(s.body) });
    }
  }
  bodies.mixin(Response, 'Response', (s) => h.get(s.list, 'content-type'));
  idl.webClass(Response, (o) => ({
    status: o.status, statusText: o.statusText, headers: o.headers, body: o.body, bodyUsed: o.bodyUsed, ok: o.ok, redirected: o.redirected, type: o.type, url: o.url,
  }));
  for (const name of ['error', 'json', 'redirect']) Object.defineProperty(Response, name, { enumerable: true });
  Object.defineProperty(Response.json, 'length', { value: 1, configurable: true });

  return { Response, newState, nullBody, redirects, make: (s) => idl.make(Response, s) };
};
