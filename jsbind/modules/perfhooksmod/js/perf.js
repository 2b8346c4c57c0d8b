// node:perf_hooks but for histograms: entries, the timeline, observers,
// performance (https://nodejs.org/docs/latest-v24.x/api/perf_hooks.html,
// https://w3c.github.io/performance-timeline/, https://w3c.github.io/user-timing/).
(host, native) => {
  const { state: kState } = host.symbols;
  const { now } = native;
  const skip = {};

  const need = (v, kind) => {
    const s = v?.[kState];
    if (s === undefined || s.kinds === undefined || !s.kinds.includes(kind)) throw host.invalidThis(kind);
    return s;
  };
  function attach(o, state) {
    Object.defineProperty(o, kState, { value: state, configurable: true, writable: true });
    return o;
  }
  function enumerable(proto, ...names) {
    for (const name of names) Object.defineProperty(proto, name, { enumerable: true });
  }
  const tag = (cls, name) => Object.defineProperty(cls.prototype, Symbol.toStringTag, { value: name, configurable: true });
  function inspectAs(cls, fields) {
    Object.defineProperty(cls.prototype, host.inspectSymbol, {
      configurable: true, writable: true, value: {
        [host.inspectSymbol](depth, options) {
          if (depth < 0) return `[${this.constructor.name}]`;
          return fields(this, { ...options, depth: options.depth == null ? null : options.depth - 1 });
        },
      }[host.inspectSymbol],
    });
  }
  const badTime = (t) => host.error('TypeError', 'ERR_PERFORMANCE_INVALID_TIMESTAMP', `${t} is not a valid timestamp`);
  const badOptions = (text) => host.error('TypeError', 'ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS', text);

  // Entries.

  class PerformanceEntry {
    constructor(secret = undefined, name = undefined, type = undefined, start = undefined, duration = undefined) {
      if (secret !== skip) throw host.illegalConstructor();
      attach(this, { kinds: ['PerformanceEntry'], name, type, start, duration });
    }

    get name() {
      return need(this, 'PerformanceEntry').name;
    }

    get entryType() {
      return need(this, 'PerformanceEntry').type;
    }

    get startTime() {
      return need(this, 'PerformanceEntry').start;
    }

    get duration() {
      return need(this, 'PerformanceEntry').duration;
    }

    toJSON() {
      const e = need(this, 'PerformanceEntry');
      return { name: e.name, entryType: e.type, startTime: e.start, duration: e.duration };
    }
  }
  enumerable(PerformanceEntry.prototype, 'name', 'entryType', 'startTime', 'duration', 'toJSON');
  inspectAs(PerformanceEntry, (o, options) => `${o.constructor.name} ${host.inspect(o.toJSON(), options)}`);

  // An entry of Node's own kinds: function, gc, http …
  class PerformanceNodeEntry extends PerformanceEntry {
    get detail() {
      return need(this, 'PerformanceEntry').detail;
    }

    toJSON() {
      const e = need(this, 'PerformanceEntry');
      return { name: e.name, entryType: e.type, startTime: e.start, duration: e.duration, detail: e.detail };
    }
  }
  enumerable(PerformanceNodeEntry.prototype, 'detail');

  function nodeEntry(name, type, start, duration, detail) {
    const e = new PerformanceNodeEntry(skip, name, type, start, duration);
    e[kState].detail = detail;
    return e;
  }

  const milestones = ['nodeStart', 'v8Start', 'environment', 'loopStart', 'loopExit', 'bootstrapComplete'];

  class PerformanceMark extends PerformanceEntry {
    constructor(name, options = undefined) {
      if (arguments.length === 0) host.missingArgs('name');
      name = `${name}`;
      if (milestones.includes(name)) host.argValue('name', name);
      if (options != null) checkOptions(options);
      const start = options?.startTime ?? now();
      host.checkNumber(start, 'startTime');
      if (start < 0) throw badTime(start);
      super(skip, name, 'mark', start, 0);
      setDetail(this, 'PerformanceMark', options?.detail);
    }

    get detail() {
      return need(this, 'PerformanceMark').detail;
    }

    toJSON() {
      return withDetail(need(this, 'PerformanceMark'));
    }
  }
  enumerable(PerformanceMark.prototype, 'detail');
  tag(PerformanceMark, 'PerformanceMark');
  Object.defineProperty(PerformanceMark, 'length', { value: 1, configurable: true });

  class PerformanceMeasure extends PerformanceEntry {
    constructor(secret = undefined, name = undefined, start = undefined, duration = undefined, detail = undefined) {
      if (secret !== skip) throw host.illegalConstructor();
      super(skip, name, 'measure', start, duration);
      setDetail(this, 'PerformanceMeasure', detail);
    }

    get detail() {
      return need(this, 'PerformanceMeasure').detail;
    }

    toJSON() {
      return withDetail(need(this, 'PerformanceMeasure'));
    }
  }
  enumerable(PerformanceMeasure.prototype, 'detail');
  tag(PerformanceMeasure, 'PerformanceMeasure');

  const withDetail = (e) => ({ name: e.name, entryType: e.type, startTime: e.start, duration: e.duration, detail: e.detail });
  function setDetail(o, kind, detail) {
    const s = o[kState];
    s.kinds.push(kind);
    s.detail = detail != null ? host.global.structuredClone(detail) : null;
  }
  function checkOptions(v) {
    if (v === null || typeof v !== 'object' && typeof v !== 'function') host.argType('options', v, 'object');
  }

  // The milestones of the process.
  class PerformanceNodeTiming extends PerformanceEntry {
    constructor() {
      super(skip, 'node', 'node', 0, 0);
      const define = (name, get) => Object.defineProperty(this, name, { enumerable: true, configurable: true, get });
      const value = (name, v) => Object.defineProperty(this, name, { enumerable: true, configurable: true, value: v });
      value('name', 'node');
      value('entryType', 'node');
      value('startTime', 0);
      define('duration', now);
      const t = native.milestones();
      for (const name of ['nodeStart', 'v8Start', 'environment']) value(name, t[name]);
      for (const name of ['loopStart', 'loopExit']) define(name, () => native.milestones()[name]);
      value('bootstrapComplete', t.bootstrapComplete);
      define('idleTime', () => native.milestones().idleTime);
      define('uvMetricsInfo', native.metrics);
    }

    toJSON() {
      const out = {};
      for (const k of [
        'name', 'entryType', 'startTime', 'duration', 'nodeStart', 'v8Start', 'bootstrapComplete', 'environment', 'loopStart', 'loopExit', 'idleTime',
      ]) out[k] = this[k];
      return out;
    }
  }

  // The timeline.

  const timeline = { mark: [], measure: [], resource: [] };
  let resourceLimit = 250;
  let resourceOverflow = [];
  let resourcePending = false;
  const marks = new Map(); // when each name was marked last
  const warnAt = 1e6;
  const warned = new Set();

  function add(entry) {
    const { type } = entry[kState];
    const list = timeline[type];
    list.push(entry);
    if (list.length > warnAt && !warned.has(type)) {
      warned.add(type);
      const method = { mark: 'clearMarks', measure: 'clearMeasures', resource: 'clearResourceTimings' }[type];
      const e = new Error(`Possible perf_hooks memory leak detected. ${list.length} ${type} entries added to the global performance entry buffer. Use performance.${method} to clear the buffer.`);
      e.name = 'MaxPerformanceEntryBufferExceededWarning';
      e.entryType = type;
      e.count = list.length;
      host.global.process.emitWarning(e);
    }
  }

  // addResource is "add a PerformanceResourceTiming entry" of
  // https://w3c.github.io/resource-timing/.
  function addResource(entry) {
    if (timeline.resource.length < resourceLimit && !resourcePending) {
      add(entry);
      return;
    }
    if (!resourcePending) {
      resourcePending = true;
      host.global.setImmediate(() => {
        while (resourceOverflow.length > 0) {
          const before = resourceOverflow.length;
          if (timeline.resource.length >= resourceLimit) performance.dispatchEvent(new host.global.Event('resourcetimingbufferfull'));
          while (resourceOverflow.length > 0 && timeline.resource.length < resourceLimit) add(resourceOverflow.shift());
          if (resourceOverflow.length >= before) resourceOverflow = [];
        }
        resourcePending = false;
      });
    }
    resourceOverflow.push(entry);
  }

  const byStart = (a, b) => a.startTime - b.startTime;
  function entries(name, type) {
    let list = type === undefined ? [...timeline.mark, ...timeline.measure, ...timeline.resource] : (timeline[type] ?? []).slice();
    if (name !== undefined) list = list.filter((e) => e.name === name);
    return list.sort(byStart);
  }
  function clear(type, name) {
    timeline[type] = name === undefined ? [] : timeline[type].filter((e) => e.name !== name);
    if (type !== 'mark') return;
    if (name === undefined) marks.clear();
    else marks.delete(name);
  }

  // Observers.

  const observers = new Set();
  const watched = new Map(); // how many observers each type has
  const pending = new Set();
  let scheduled = false;
  const supported = Object.freeze(['dns', 'function', 'gc', 'http', 'http2', 'mark', 'measure', 'net', 'resource']);

  function watch(type, n) {
    const was = watched.get(type) ?? 0;
    watched.set(type, was + n);
    if (was > 0 === was + n > 0) return;
    native.watch(type, n > 0);
    if (Object.hasOwn(sources, type)) sources[type](n > 0 ? 'subscribe' : 'unsubscribe');
  }

  // Entries of node:http and node:net come of their diagnostics channels.
  const begun = new WeakMap(); // what is under way, by its request or socket
  const channels = {};
  const channel = (name, f) => {
    channels[name] = f;
  };
  const begin = (key, name, detail) => begun.set(key, { name, start: now(), detail });
  const end = (key, type, more) => {
    const b = begun.get(key);
    if (b === undefined) return;
    begun.delete(key);
    enqueue(nodeEntry(b.name, type, b.start, now() - b.start, { ...b.detail, ...more }));
  };
  channel('http.client.request.start', ({ request: r }) => begin(r, 'HttpClient', {
    req: { method: r.method, url: `${r.protocol}//${r.host}${r.path}`, headers: typeof r.getHeaders === 'function' ? r.getHeaders() : {} },
  }));
  channel('http.client.response.finish', ({ request, response: { statusCode, statusMessage, headers } }) => end(request, 'http', { res: { statusCode, statusMessage, headers } }));
  channel('http.server.request.start', ({ request: { method, url, headers }, response }) => begin(response, 'HttpRequest', { req: { method, url, headers } }));
  channel('http.server.response.finish', ({ response: r }) => end(r, 'http', {
    res: { statusCode: r.statusCode, statusMessage: r.statusMessage, headers: typeof r.getHeaders === 'function' ? r.getHeaders() : {} },
  }));
  channel('net.client.socket', ({ socket }) => {
    begin(socket, 'connect', {});
    socket.once('connect', () => end(socket, 'net', { host: socket.remoteAddress, port: socket.remotePort }));
  });
  const follows = (...names) => (verb) => {
    const dc = host.require('diagnostics_channel');
    for (const name of names) dc[verb](name, channels[name]);
  };
  const sources = {
    http: follows('http.client.request.start', 'http.client.response.finish', 'http.server.request.start', 'http.server.response.finish'),
    net: follows('net.client.socket'),
  };

  function schedule() {
    if (scheduled) return;
    scheduled = true;
    host.global.setImmediate(() => {
      scheduled = false;
      const list = [...pending];
      pending.clear();
      for (const o of list) dispatch(o);
    });
  }

  function dispatch(s) {
    const list = s.buffer;
    s.buffer = [];
    if (list.length === 0) return;
    s.callback.call(s.object, new PerformanceObserverEntryList(skip, list), s.object);
  }

  function enqueue(entry) {
    const { type } = entry[kState];
    for (const s of observers) {
      if (s.types.has(type)) {
        s.buffer.push(entry);
        pending.add(s);
        schedule();
      }
    }
  }

  class PerformanceObserverEntryList {
    constructor(secret = undefined, list = undefined) {
      if (secret !== skip) throw host.illegalConstructor();
      attach(this, { kinds: ['PerformanceObserverEntryList'], list: list.slice().sort(byStart) });
    }

    getEntries() {
      return need(this, 'PerformanceObserverEntryList').list.slice();
    }

    getEntriesByType(type) {
      const { list } = need(this, 'PerformanceObserverEntryList');
      if (arguments.length === 0) host.missingArgs('type');
      type = `${type}`;
      return list.filter((e) => e.entryType === type);
    }

    getEntriesByName(name, type = undefined) {
      const { list } = need(this, 'PerformanceObserverEntryList');
      if (arguments.length === 0) host.missingArgs('name');
      name = `${name}`;
      return list.filter((e) => e.name === name && (type === undefined || e.entryType === type));
    }
  }
  enumerable(PerformanceObserverEntryList.prototype, 'getEntries', 'getEntriesByType', 'getEntriesByName');
  tag(PerformanceObserverEntryList, 'PerformanceObserverEntryList');
  inspectAs(PerformanceObserverEntryList, (o, options) => `PerformanceObserverEntryList ${host.inspect(o[kState].list, options)}`);

  class PerformanceObserver {
    constructor(callback) {
      host.checkFunction(callback, 'callback');
      attach(this, { kinds: ['PerformanceObserver'], object: this, callback, types: new Set(), mode: undefined, buffer: [] });
    }

    observe(options = {}) {
      const s = need(this, 'PerformanceObserver');
      checkOptions(options);
      const { entryTypes, type, buffered } = options;
      if (entryTypes === undefined && type === undefined) host.missingArgs('options.entryTypes', 'options.type');
      if (entryTypes != null && type != null) host.argValue('options.entryTypes', entryTypes, 'options.entryTypes can not set with options.type together');
      switch (s.mode) {
        case undefined:
          s.mode = entryTypes !== undefined ? 'many' : 'one';
          break;
        case 'one':
          if (entryTypes !== undefined) throw host.domException('PerformanceObserver can not change to multiple observations', 'InvalidModificationError');
          break;
        default:
          if (type !== undefined) throw host.domException('PerformanceObserver can not change to single observation', 'InvalidModificationError');
      }
      if (s.mode === 'many') {
        stop(s);
        observers.add(s);
        if (!Array.isArray(entryTypes) || !entryTypes.every((t) => typeof t === 'string')) {
          throw host.error('TypeError', 'ERR_INVALID_ARG_TYPE', `The "options.entryTypes" property must be string[]. Received ${host.received(entryTypes)}`);
        }
        for (const t of entryTypes) follow(s, t);
      } else {
        observers.add(s);
        follow(s, type);
        if (buffered) {
          s.buffer = s.buffer.concat(timeline[type] ?? []);
          if (s.buffer.length > 0) {
            pending.add(s);
            schedule();
          }
        }
      }
      if (s.types.size === 0) this.disconnect();
    }

    disconnect() {
      const s = need(this, 'PerformanceObserver');
      stop(s);
      observers.delete(s);
      pending.delete(s);
      s.buffer = [];
      s.mode = undefined;
    }

    takeRecords() {
      const s = need(this, 'PerformanceObserver');
      const list = s.buffer;
      s.buffer = [];
      return list;
    }

    static get supportedEntryTypes() {
      return supported;
    }
  }
  function follow(s, type) {
    if (!supported.includes(type) || s.types.has(type)) return;
    s.types.add(type);
    watch(type, 1);
  }
  function stop(s) {
    for (const t of s.types) watch(t, -1);
    s.types.clear();
  }
  enumerable(PerformanceObserver.prototype, 'observe', 'disconnect', 'takeRecords');
  tag(PerformanceObserver, 'PerformanceObserver');
  inspectAs(PerformanceObserver, (o, options) => {
    const s = o[kState];
    return `PerformanceObserver ${host.inspect({ connected: observers.has(s), pending: pending.has(s), entryTypes: [...s.types], buffer: s.buffer }, options)}`;
  });

  // User timing.

  function mark(name, options) {
    const m = new PerformanceMark(name, options);
    marks.set(m.name, m.startTime);
    enqueue(m);
    add(m);
    return m;
  }

  function timeOf(name) {
    if (name === undefined) return undefined;
    if (typeof name === 'number') {
      if (name < 0) throw badTime(name);
      return name;
    }
    name = `${name}`;
    if (milestones.includes(name)) return performance.nodeTiming[name];
    const t = marks.get(name);
    if (t === undefined) throw host.domException(`The "${name}" performance mark has not been set`, 'SyntaxError');
    return t;
  }

  function measure(name, startOrOptions, endMark) {
    host.checkString(name, 'name');
    let options = {};
    const given = startOrOptions !== null && typeof startOrOptions === 'object' ? startOrOptions : undefined;
    if (given !== undefined && ('start' in given || 'end' in given || 'duration' in given || 'detail' in given)) {
      options = given;
      if (endMark !== undefined) throw badOptions('endMark must not be specified');
      if (given.start === undefined && given.end === undefined && given.duration !== undefined) throw badOptions('One of options.start or options.end is required');
      if (given.start !== undefined && given.end !== undefined && given.duration !== undefined) {
        throw badOptions('Must not have options.start, options.end, and options.duration specified');
      }
    }
    let end;
    if (endMark !== undefined) end = timeOf(endMark);
    else if (options.end !== undefined) end = timeOf(options.end);
    else if (options.start !== undefined && options.duration !== undefined) end = timeOf(options.start) + timeOf(options.duration);
    else end = now();
    let start;
    if (typeof startOrOptions === 'string') start = timeOf(startOrOptions);
    else if (options.start !== undefined) start = timeOf(options.start);
    else if (options.duration !== undefined && options.end !== undefined) start = timeOf(options.end) - timeOf(options.duration);
    else if (typeof startOrOptions === 'number') start = 0;
    else start = 0;
    const m = new PerformanceMeasure(skip, name, start, end - start, options.detail);
    enqueue(m);
    add(m);
    return m;
  }

  function timerify(fn, options = {}) {
    host.checkFunction(fn, 'fn');
    checkOptions(options);
    const { histogram } = options;
    if (histogram !== undefined && (histogram === null || typeof histogram !== 'object' || typeof histogram.record !== 'function')) {
      host.argType('options.histogram', histogram, 'RecordableHistogram');
    }
    const complete = (args, start) => {
      const duration = now() - start;
      if (histogram !== undefined) histogram.record(Math.ceil(duration * 1e6) || 1);
      const entry = nodeEntry(fn.name, 'function', start, duration, args);
      for (let i = 0; i < args.length; i++) Object.defineProperty(entry, i, { value: args[i], enumerable: true, configurable: true, writable: true });
      enqueue(entry);
    };
    function timerified(...args) {
      const construct = new.target !== undefined;
      const start = now();
      const result = construct ? Reflect.construct(fn, args, fn) : Reflect.apply(fn, this, args);
      if (!construct && typeof result?.finally === 'function') return result.finally(() => complete(args, start));
      complete(args, start);
      return result;
    }
    Object.defineProperties(timerified, {
      length: { configurable: false, enumerable: true, value: fn.length },
      name: { configurable: false, enumerable: true, value: `timerified ${fn.name}` },
    });
    return timerified;
  }

  function eventLoopUtilization(first, second) {
    const u = native.utilization();
    if (u.idle + u.active === 0) return { idle: 0, active: 0, utilization: 0 };
    if (second) {
      const idle = first.idle - second.idle;
      const active = first.active - second.active;
      return { idle, active, utilization: active / (idle + active) };
    }
    if (!first) return { idle: u.idle, active: u.active, utilization: u.active / (u.idle + u.active) };
    const idle = u.idle - first.idle;
    const active = u.active - first.active;
    return { idle, active, utilization: active / (idle + active) };
  }

  // performance.

  class Performance extends host.global.EventTarget {
    constructor(secret = undefined) {
      if (secret !== skip) throw host.illegalConstructor();
      super();
      Object.defineProperty(this, kState, { value: { kinds: ['Performance'] } });
    }

    clearMarks(name = undefined) {
      need(this, 'Performance');
      if (name !== undefined) name = `${name}`;
      clear('mark', name);
    }

    clearMeasures(name = undefined) {
      need(this, 'Performance');
      if (name !== undefined) name = `${name}`;
      clear('measure', name);
    }

    clearResourceTimings(name = undefined) {
      need(this, 'Performance');
      if (name !== undefined) name = `${name}`;
      clear('resource', name);
    }

    getEntries() {
      need(this, 'Performance');
      return entries();
    }

    getEntriesByName(name, type = undefined) {
      need(this, 'Performance');
      if (arguments.length === 0) host.missingArgs('name');
      if (type !== undefined) type = `${type}`;
      return entries(`${name}`, type);
    }

    getEntriesByType(type) {
      need(this, 'Performance');
      if (arguments.length === 0) host.missingArgs('type');
      return entries(undefined, `${type}`);
    }

    mark(name, options = {}) {
      need(this, 'Performance');
      if (arguments.length === 0) host.missingArgs('name');
      return mark(name, options);
    }

    measure(name, startOrMeasureOptions = {}, endMark = undefined) {
      need(this, 'Performance');
      if (arguments.length === 0) host.missingArgs('name');
      return measure(name, startOrMeasureOptions, endMark);
    }

    setResourceTimingBufferSize(maxSize) {
      need(this, 'Performance');
      if (arguments.length === 0) host.missingArgs('maxSize');
      resourceLimit = Number(maxSize) >>> 0;
    }

    get timeOrigin() {
      need(this, 'Performance');
      return native.timeOrigin;
    }

    toJSON() {
      need(this, 'Performance');
      return { nodeTiming: this.nodeTiming, timeOrigin: this.timeOrigin, eventLoopUtilization: this.eventLoopUtilization() };
    }
  }
  const order = [
    'clearMarks', 'clearMeasures', 'clearResourceTimings', 'getEntries', 'getEntriesByName', 'getEntriesByType', 'mark', 'measure', 'now',
    'setResourceTimingBufferSize', 'timeOrigin', 'toJSON',
  ];
  const proto = Performance.prototype;
  const members = new Map(order.map((name) => [name, Object.getOwnPropertyDescriptor(proto, name)]));
  let performance;
  members.set('now', { value: native.makeNow(() => performance), writable: true, configurable: true });
  for (const name of order) delete proto[name];
  for (const name of order) Object.defineProperty(proto, name, { ...members.get(name), enumerable: true });
  const put = (name, value) => Object.defineProperty(proto, name, { value, writable: true, enumerable: false, configurable: true });
  put('eventLoopUtilization', Object.defineProperty(function eventLoopUtilization_(a, b) {
    return eventLoopUtilization(a, b);
  }, 'name', { value: 'eventLoopUtilization' }));
  put('nodeTiming', new PerformanceNodeTiming());
  const resources = native.load('resource', { PerformanceEntry, skip, need, enumerable, inspectAs });
  const { PerformanceResourceTiming } = resources;
  put('markResourceTiming', function markResourceTiming(timingInfo, requestedUrl, initiatorType, global, cacheMode, bodyInfo, responseStatus, deliveryType = '') {
    const entry = resources.mark(timingInfo, requestedUrl, initiatorType, cacheMode, bodyInfo, responseStatus, deliveryType);
    enqueue(entry);
    addResource(entry);
    return entry;
  });
  put('timerify', timerify);
  native.defineHandler(Performance, 'resourcetimingbufferfull');
  tag(Performance, 'Performance');
  inspectAs(Performance, (o, options) => `Performance ${host.inspect({ nodeTiming: o.nodeTiming, timeOrigin: o.timeOrigin }, options)}`);

  performance = new Performance(skip);

  return {
    exports: {
      Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList,
      PerformanceResourceTiming, monitorEventLoopDelay: native.monitorEventLoopDelay, eventLoopUtilization: proto.eventLoopUtilization, timerify,
      createHistogram: native.createHistogram, performance,
    },
    // entry tells observers of an entry of Node's own kinds.
    entry: (name, type, start, duration, detail) => enqueue(nodeEntry(name, type, start, duration, detail)),
  };
};
