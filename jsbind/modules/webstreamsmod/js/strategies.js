// ByteLengthQueuingStrategy and CountQueuingStrategy
// (https://streams.spec.whatwg.org/#qs).
(host, u) => {
  const byteLength = Object.defineProperty((chunk) => chunk.byteLength, 'name', { value: 'size' });
  const count = Object.defineProperty(() => 1, 'name', { value: 'size' });

  function highWaterMark(name, init) {
    if (init === null || typeof init !== 'object' && typeof init !== 'function') host.argType('init', init, 'Object');
    if (init.highWaterMark === undefined) throw host.error('TypeError', 'ERR_MISSING_OPTION', 'init.highWaterMark is required');
    return +init.highWaterMark;
  }

  class ByteLengthQueuingStrategy {
    constructor(init) {
      u.attach(this, { kind: 'ByteLengthQueuingStrategy', highWaterMark: highWaterMark('ByteLengthQueuingStrategy', init) });
    }

    get highWaterMark() {
      return u.need(this, 'ByteLengthQueuingStrategy').highWaterMark;
    }

    get size() {
      u.need(this, 'ByteLengthQueuingStrategy');
      return byteLength;
    }
  }

  class CountQueuingStrategy {
    constructor(init) {
      u.attach(this, { kind: 'CountQueuingStrategy', highWaterMark: highWaterMark('CountQueuingStrategy', init) });
    }

    get highWaterMark() {
      return u.need(this, 'CountQueuingStrategy').highWaterMark;
    }

    get size() {
      u.need(this, 'CountQueuingStrategy');
      return count;
    }
  }

  u.webClass(ByteLengthQueuingStrategy, (o) => ({ highWaterMark: o.highWaterMark }));
  u.webClass(CountQueuingStrategy, (o) => ({ highWaterMark: o.highWaterMark }));
  return { classes: { ByteLengthQueuingStrategy, CountQueuingStrategy } };
};
