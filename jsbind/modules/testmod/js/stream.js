// TestsStream (https://nodejs.org/docs/latest-v24.x/api/test.html#class-testsstream):
// what happens to tests, as objects { type, data } and as events.
(function (host) {
  const { Readable } = host.require('stream');

  class TestsStream extends Readable {
    constructor() {
      super({ objectMode: true, highWaterMark: Number.MAX_SAFE_INTEGER });
    }

    _read() {}

    // event passes something on; listeners hear of it at once.
    event(type, data) {
      this.emit(type, data);
      this.push({ __proto__: null, type, data });
      return true;
    }

    end() {
      this.push(null);
    }
  }
  return { TestsStream };
})
