// process.binding(name), deprecated (DEP0111): the tables that packages read, and
// for the rest of Node's insides an error that says so.
(function (process, require, fail, notImplemented, builtins) {
  const lazy = new Map();
  const inside = new Set(['buffer', 'cares_wrap', 'contextify', 'fs', 'fs_event_wrap', 'icu', 'inspector', 'js_stream', 'pipe_wrap', 'process_wrap',
    'spawn_sync', 'stream_wrap', 'tcp_wrap', 'tls_wrap', 'tty_wrap', 'udp_wrap', 'zlib']);

  const make = {
    config: () => ({ isDebugBuild: false, openSSLIsBoringSSL: false, hasOpenSSL: process.versions.openssl !== undefined, fipsMode: false, hasIntl: true,
      hasTracing: false, hasNodeOptions: true, hasInspector: false, noBrowserGlobals: false, bits: /64|s390x/.test(process.arch) ? 64 : 32,
      getDefaultLocale: () => new Intl.DateTimeFormat().resolvedOptions().locale }),
    constants() {
      const os = require('os').constants;
      return { os: { UV_UDP_REUSEADDR: os.UV_UDP_REUSEADDR, dlopen: { ...os.dlopen }, errno: { ...os.errno }, signals: { ...os.signals }, priority: { ...os.priority } },
        fs: { ...require('fs').constants }, crypto: { ...require('crypto').constants }, zlib: { ...require('zlib').constants }, trace: {} };
    },
    // The names of the built-in modules; there is no JavaScript behind most.
    natives: () => Object.fromEntries(builtins.map((name) => [name, ''])),
    os() {
      const os = require('os');
      return { getHostname: os.hostname, getUptime: os.uptime, getTotalMem: os.totalmem, getFreeMem: os.freemem, getHomeDirectory: os.homedir,
        getAvailableParallelism: os.availableParallelism, isBigEndian: os.endianness() === 'BE' };
    },
    util() {
      const { types } = require('util');
      const names = ['isArrayBuffer', 'isAsyncFunction', 'isDataView', 'isDate', 'isExternal', 'isMap', 'isMapIterator', 'isNativeError', 'isPromise', 'isRegExp',
        'isSet', 'isSetIterator', 'isAnyArrayBuffer', 'isArrayBufferView', 'isTypedArray', 'isUint8Array'];
      return Object.fromEntries(names.map((name) => [name, types[name]]));
    },
    uv() {
      const map = require('util').getSystemErrorMap();
      const uv = { errname(errno) { return map.get(errno)?.[0] ?? `Unknown system error ${errno}`; } };
      for (const [errno, [name]] of map) uv[`UV_${name}`] = errno;
      return uv;
    },
  };

  return {
    binding(module) {
      module = String(module);
      if (lazy.has(module)) return lazy.get(module);
      if (inside.has(module)) notImplemented(`process.binding('${module}')`);
      if (!Object.hasOwn(make, module)) fail('', `No such module: ${module}`);
      const exports = make[module]();
      lazy.set(module, exports);
      return exports;
    },
    _linkedBinding(module) {
      fail('ERR_INVALID_MODULE', `No such binding was linked: ${module}`);
    },
  };
})
