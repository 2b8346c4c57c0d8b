// EventSource (https://html.spec.whatwg.org/multipage/server-sent-events.html).
(host, idl, { fetch }, native) => {
  const { URL, EventTarget, Event, MessageEvent } = host.global;
  const [CONNECTING, OPEN, CLOSED] = [0, 1, 2];
  let warned = false;

  class EventSource extends EventTarget {
    constructor(url, eventSourceInitDict = {}) {
      super();
      idl.args(arguments, 1, 'EventSource constructor');
      if (!warned) {
        warned = true;
        host.global.process.emitWarning('EventSource is experimental, expect them to change at any time.', { code: 'UNDICI-ES' });
      }
      url = idl.usvString(url, 'EventSource constructor', 'url');
      const init = idl.dictionary(eventSourceInitDict, 'EventSource constructor');
      let parsed;
      try {
        parsed = new URL(url);
      } catch (e) {
        throw host.domException(String(e), 'SyntaxError');
      }
      const s = {
        kind: 'EventSource', object: this, url: parsed, credentials: !!init.withCredentials, state: CONNECTING, controller: undefined, lastEventId: '',
        retry: 3000, timer: undefined,
      };
      Object.defineProperty(this, idl.kState, { value: s });
      connect(s);
    }

    get readyState() {
      return idl.need(this, 'EventSource').state;
    }

    get url() {
      return idl.need(this, 'EventSource').url.href;
    }

    get withCredentials() {
      return idl.need(this, 'EventSource').credentials;
    }

    close() {
      const s = idl.need(this, 'EventSource');
      if (s.state === CLOSED) return;
      s.state = CLOSED;
      host.global.clearTimeout(s.timer);
      s.controller?.abort();
    }
  }
  for (const type of ['open', 'message', 'error']) native.defineHandler(EventSource.prototype, type);
  idl.webClass(EventSource);
  [['CONNECTING', 0], ['OPEN', 1], ['CLOSED', 2]].forEach(([name, value]) => {
    const d = { value, writable: false, enumerable: true, configurable: false };
    Object.defineProperty(EventSource, name, d);
    Object.defineProperty(EventSource.prototype, name, d);
  });

  const dispatch = (s, e) => s.object.dispatchEvent(e);

  async function connect(s) {
    s.controller = new host.global.AbortController();
    const headers = { accept: 'text/event-stream' };
    if (s.lastEventId !== '') headers['last-event-id'] = s.lastEventId;
    let response;
    try {
      response = await fetch(s.url, { headers, cache: 'no-store', credentials: s.credentials ? 'include' : 'same-origin', signal: s.controller.signal });
    } catch {
      reconnect(s);
      return;
    }
    if (s.state === CLOSED) return;
    const type = (response.headers.get('content-type') ?? '').split(';', 1)[0].trim().toLowerCase();
    if (response.status !== 200 || type !== 'text/event-stream') {
      s.state = CLOSED;
      s.controller.abort();
      dispatch(s, new Event('error'));
      return;
    }
    s.state = OPEN;
    dispatch(s, new Event('open'));
    const parser = newParser(s, response.url || s.url.href);
    const decoder = new host.global.TextDecoder();
    const reader = response.body.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done || s.state === CLOSED) break;
        parser(decoder.decode(value, { stream: true }));
      }
    } catch {
      // The connection was lost: as its end.
    }
    reconnect(s);
  }

  function reconnect(s) {
    if (s.state === CLOSED) return;
    s.state = CONNECTING;
    dispatch(s, new Event('error'));
    if (s.state === CLOSED) return;
    s.timer = host.global.setTimeout(() => connect(s), s.retry);
  }

  // newParser makes a function that takes text of the stream and dispatches its
  // events.
  function newParser(s, url) {
    const { origin } = new URL(url);
    let rest = '';
    let afterCR = false;
    let data = [];
    let type = '';
    let id = s.lastEventId;
    const field = (name, value) => {
      switch (name) {
        case 'event':
          type = value;
          break;
        case 'data':
          data.push(value);
          break;
        case 'id':
          if (!value.includes('\0')) id = value;
          break;
        case 'retry':
          if (/^\d+$/.test(value)) s.retry = Number(value);
      }
    };
    const line = (text) => {
      if (text === '') {
        s.lastEventId = id;
        if (data.length > 0) {
          const e = new MessageEvent(type || 'message', { data: data.join('\n'), lastEventId: id, origin });
          data = [];
          type = '';
          if (s.state === OPEN) dispatch(s, e);
        }
        type = '';
        return;
      }
      const i = text.indexOf(':');
      if (i === 0) return;
      if (i < 0) field(text, '');
      else field(text.slice(0, i), text[i + 1] === ' ' ? text.slice(i + 2) : text.slice(i + 1));
    };
    return (text) => {
      if (afterCR && text.startsWith('\n')) text = text.slice(1);
      afterCR = text === '' ? afterCR : text.endsWith('\r');
      const lines = (rest + text).split(/\r\n|\r|\n/);
      rest = lines.pop();
      lines.forEach(line);
    };
  }
  return { EventSource };
};
