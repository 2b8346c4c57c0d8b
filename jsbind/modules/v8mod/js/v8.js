// node:v8 (https://nodejs.org/docs/latest-v24.x/api/v8.html).
(function (host) {
  const { Buffer } = host.require('buffer');
  const { inspect } = host.require('util');
  const { copy } = Buffer.prototype;

  const constructCall = (name) => host.fail('TypeError', 'ERR_CONSTRUCT_CALL_REQUIRED', `Class constructor ${name} cannot be invoked without 'new'`);

  function Serializer() {
    if (!new.target) constructCall('Serializer');
    host.newSerializer(this);
  }
  Object.assign(Serializer.prototype, {
    writeHeader() { host.writeHeader(this); },
    writeValue(value) { return host.writeValue(this, value); },
    releaseBuffer() { return host.releaseBuffer(this); },
    transferArrayBuffer(id, arrayBuffer) { host.writeTransfer(this, id, arrayBuffer); },
    writeUint32(value) { host.writeUint32(this, value); },
    writeUint64(hi, lo) { host.writeUint64(this, hi, lo); },
    writeDouble(value) { host.writeDouble(this, value); },
    writeRawBytes(source) { host.writeRawBytes(this, source); },
    _setTreatArrayBufferViewsAsHostObjects(flag) { host.setHostViews(this, flag); },
    _getDataCloneError: Error,
  });

  function Deserializer(buffer) {
    if (!new.target) constructCall('Deserializer');
    host.newDeserializer(this, buffer);
    this.buffer = buffer;
  }
  Object.assign(Deserializer.prototype, {
    readHeader() { return host.readHeader(this); },
    readValue() { return host.readValue(this); },
    getWireFormatVersion() { return host.wireVersion(this); },
    transferArrayBuffer(id, arrayBuffer) { host.readTransfer(this, id, arrayBuffer); },
    readUint32() { return host.readUint32(this); },
    readUint64() { return host.readUint64(this); },
    readDouble() { return host.readDouble(this); },
    _readRawBytes(length) { return host.readRawBytes(this, length); },
    readRawBytes(length) {
      const offset = this._readRawBytes(length);
      return Buffer.from(this.buffer.buffer, this.buffer.byteOffset + offset, length);
    },
  });

  // Views are written by their number in this list, with their bytes.
  const views = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array,
    DataView, Buffer, BigInt64Array, BigUint64Array];
  const kind = (v) => {
    if (Buffer.isBuffer(v)) return 10;
    const tag = Object.prototype.toString.call(v).slice(8, -1);
    return views.findIndex((c, i) => i !== 10 && c.name === tag);
  };

  class DefaultSerializer extends Serializer {
    constructor() {
      super();
      this._setTreatArrayBufferViewsAsHostObjects(true);
    }

    _writeHostObject(abView) {
      const i = ArrayBuffer.isView(abView) ? kind(abView) : -1;
      if (i < 0) throw new this._getDataCloneError(`Unserializable host object: ${inspect(abView)}`);
      this.writeUint32(i);
      this.writeUint32(abView.byteLength);
      this.writeRawBytes(new Uint8Array(abView.buffer, abView.byteOffset, abView.byteLength));
    }
  }

  class DefaultDeserializer extends Deserializer {
    _readHostObject() {
      const ctor = views[this.readUint32()];
      if (ctor === undefined) host.fail('Error', '', 'Unable to deserialize cloned data.');
      const size = this.readUint32();
      const offset = this._readRawBytes(size);
      const { buffer, byteOffset } = this.buffer;
      const unit = ctor.BYTES_PER_ELEMENT || 1;
      const at = byteOffset + offset;
      if (ctor === Buffer) return Buffer.from(buffer, at, size);
      if (at % unit === 0) return new ctor(buffer, at, size / unit);
      // Elements must be aligned: a copy is.
      const moved = Buffer.allocUnsafeSlow(size);
      Reflect.apply(copy, this.buffer, [moved, 0, offset, offset + size]);
      return new ctor(moved.buffer, moved.byteOffset, size / unit);
    }
  }

  function serialize(value) {
    const s = new DefaultSerializer();
    s.writeHeader();
    s.writeValue(value);
    return s.releaseBuffer();
  }

  function deserialize(buffer) {
    const d = new DefaultDeserializer(buffer);
    d.readHeader();
    return d.readValue();
  }

  // Of V8's flags only the one that programs set at run time has a meaning
  // here; the others are taken and ignored, as V8 ignores those it lacks.
  function setFlagsFromString(flags) {
    host.checkString(flags, 'flags');
    for (const flag of flags.split(/\s+/)) {
      const name = flag.replaceAll('_', '-');
      if (name === '--expose-gc') host.exposeGC(true);
      else if (name === '--no-expose-gc' || name === '--noexpose-gc') host.exposeGC(false);
    }
  }

  const missing = (name) => ({ [name](...args) { host.notImplemented(`v8.${name}()`); } })[name];

  const notBuilding = () => host.fail('Error', 'ERR_NOT_BUILDING_SNAPSHOT', 'Operation cannot be invoked when not building startup snapshot');
  const startupSnapshot = {
    addDeserializeCallback(callback, data) { notBuilding(); },
    addSerializeCallback(callback, data) { notBuilding(); },
    setDeserializeMainFunction(callback, data) { notBuilding(); },
    isBuildingSnapshot() { return false; },
  };

  const addHook = (event, fn) => {
    if (typeof fn !== 'function' || /Async/.test(Object.prototype.toString.call(fn))) host.argType(`${event}Hook`, fn, 'function');
    return host.addPromiseHook(event, fn);
  };
  const promiseHooks = {
    createHook({ init, before, after, settled } = {}) {
      const stops = [];
      for (const [event, fn] of Object.entries({ init, before, after, settled })) {
        if (fn !== undefined && fn !== null) stops.push(addHook(event, fn));
      }
      return () => { for (const stop of stops) stop(); };
    },
    onInit: (initHook) => addHook('init', initHook),
    onBefore: (beforeHook) => addHook('before', beforeHook),
    onAfter: (afterHook) => addHook('after', afterHook),
    onSettled: (settledHook) => addHook('settled', settledHook),
  };

  class GCProfiler {
    start() { host.notImplemented('v8.GCProfiler.start()'); }
    stop() { host.notImplemented('v8.GCProfiler.stop()'); }
  }

  return {
    cachedDataVersionTag() { return 0x5350444c; },
    getHeapSnapshot: missing('getHeapSnapshot'),
    getHeapStatistics: host.heapStatistics,
    getHeapSpaceStatistics: host.heapSpaceStatistics,
    getHeapCodeStatistics: missing('getHeapCodeStatistics'),
    getCppHeapStatistics: missing('getCppHeapStatistics'),
    setFlagsFromString,
    Serializer, Deserializer, DefaultSerializer, DefaultDeserializer, deserialize,
    // Coverage is taken where NODE_V8_COVERAGE asks for it: nowhere here.
    takeCoverage() {},
    stopCoverage() {},
    serialize,
    writeHeapSnapshot: missing('writeHeapSnapshot'),
    promiseHooks,
    queryObjects: missing('queryObjects'),
    startupSnapshot,
    setHeapSnapshotNearHeapLimit(limit) {
      host.checkUint32(limit, 'limit', true);
      host.notImplemented('v8.setHeapSnapshotNearHeapLimit()');
    },
    GCProfiler,
    isStringOneByteRepresentation(content) {
      host.checkString(content, 'content');
      return !/[^\u0000-\u00ff]/.test(content);
    },
    startCpuProfile: missing('startCpuProfile'),
  };
})
