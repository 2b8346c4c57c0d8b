// PerformanceResourceTiming (https://w3c.github.io/resource-timing/).
(host, { PerformanceEntry, skip, need, enumerable, inspectAs }) => {
  const { state: kState } = host.symbols;
  const of = (o) => need(o, 'PerformanceResourceTiming');

  class PerformanceResourceTiming extends PerformanceEntry {
    constructor(secret = undefined, url = undefined, initiator = undefined, timing = undefined, cacheMode = undefined, body = undefined, status = undefined, delivery = undefined) {
      if (secret !== skip) throw host.illegalConstructor();
      super(skip, url, 'resource');
      Object.assign(this[kState], { initiator, timing, cacheMode, body, status, delivery });
      this[kState].kinds.push('PerformanceResourceTiming');
    }

    get name() {
      return of(this).name;
    }

    get startTime() {
      return of(this).timing.startTime;
    }

    get duration() {
      const { timing } = of(this);
      return timing.endTime - timing.startTime;
    }

    get initiatorType() {
      return of(this).initiator;
    }

    get workerStart() {
      return of(this).timing.finalServiceWorkerStartTime;
    }

    get redirectStart() {
      return of(this).timing.redirectStartTime;
    }

    get redirectEnd() {
      return of(this).timing.redirectEndTime;
    }

    get fetchStart() {
      return of(this).timing.postRedirectStartTime;
    }

    get domainLookupStart() {
      return of(this).timing.finalConnectionTimingInfo?.domainLookupStartTime;
    }

    get domainLookupEnd() {
      return of(this).timing.finalConnectionTimingInfo?.domainLookupEndTime;
    }

    get connectStart() {
      return of(this).timing.finalConnectionTimingInfo?.connectionStartTime;
    }

    get connectEnd() {
      return of(this).timing.finalConnectionTimingInfo?.connectionEndTime;
    }

    get secureConnectionStart() {
      return of(this).timing.finalConnectionTimingInfo?.secureConnectionStartTime;
    }

    get nextHopProtocol() {
      return of(this).timing.finalConnectionTimingInfo?.ALPNNegotiatedProtocol;
    }

    get requestStart() {
      return of(this).timing.finalNetworkRequestStartTime;
    }

    get responseStart() {
      return of(this).timing.finalNetworkResponseStartTime;
    }

    get responseEnd() {
      return of(this).timing.endTime;
    }

    get encodedBodySize() {
      return of(this).timing.encodedBodySize;
    }

    get decodedBodySize() {
      return of(this).timing.decodedBodySize;
    }

    get transferSize() {
      const s = of(this);
      if (s.cacheMode === 'local') return 0;
      if (s.cacheMode === 'validated') return 300;
      return s.timing.encodedBodySize + 300;
    }

    get deliveryType() {
      return of(this).delivery;
    }

    get responseStatus() {
      return of(this).status;
    }

    toJSON() {
      of(this);
      const out = {};
      for (const k of [
        'name', 'entryType', 'startTime', 'duration', 'initiatorType', 'nextHopProtocol', 'workerStart', 'redirectStart', 'redirectEnd', 'fetchStart',
        'domainLookupStart', 'domainLookupEnd', 'connectStart', 'connectEnd', 'secureConnectionStart', 'requestStart', 'responseStart',
        'responseEnd', 'transferSize', 'encodedBodySize', 'decodedBodySize', 'deliveryType', 'responseStatus',
      ]) out[k] = this[k];
      return out;
    }
  }
  const { prototype } = PerformanceResourceTiming;
  enumerable(prototype, ...Object.getOwnPropertyNames(prototype).filter((k) => !['constructor', 'name', 'startTime', 'duration'].includes(k)));
  Object.defineProperty(prototype, Symbol.toStringTag, { value: 'PerformanceResourceTiming', configurable: true });
  inspectAs(PerformanceResourceTiming, (o, options) => `${o.constructor.name} ${host.inspect(o.toJSON(), options)}`);

  // mark makes an entry of fetch's timing information.
  function mark(timing, url, initiator, cacheMode, body, status, delivery) {
    if (cacheMode !== '' && cacheMode !== 'local') {
      throw host.error('Error', 'ERR_INTERNAL_ASSERTION', "cache must be an empty string or 'local'\n" +
        'This is caused by either a bug in Node.js or incorrect usage of Node.js internals.\n' +
        'Please open an issue with this stack trace at https://github.com/nodejs/node/issues\n');
    }
    return new PerformanceResourceTiming(skip, url, initiator, timing, cacheMode, body, status, delivery);
  }
  return { PerformanceResourceTiming, mark };
};
