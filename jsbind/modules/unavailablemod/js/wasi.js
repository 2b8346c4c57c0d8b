// node:wasi (https://nodejs.org/docs/latest-v24.x/api/wasi.html): the engine has
// no WebAssembly.
(function (host) {
  const { process } = globalThis;
  process.emitWarning('WASI is an experimental feature and might change at any time', 'ExperimentalWarning');

  class WASI {
    constructor(options = {}) {
      host.checkObject(options, 'options');
      host.checkString(options.version, 'options.version');
      if (options.version !== 'unstable' && options.version !== 'preview1') host.argValue('options.version', options.version, 'unsupported WASI version');
      if (options.args !== undefined) host.checkArray(options.args, 'options.args');
      if (options.env !== undefined) host.checkObject(options.env, 'options.env');
      if (options.preopens !== undefined) host.checkObject(options.preopens, 'options.preopens');
      if (options.returnOnExit !== undefined) host.checkBoolean(options.returnOnExit, 'options.returnOnExit');
      host.notImplemented('new WASI()');
    }

    finalizeBindings() { host.notImplemented('wasi.finalizeBindings()'); }
    start() { host.notImplemented('wasi.start()'); }
    initialize() { host.notImplemented('wasi.initialize()'); }
    getImportObject() { host.notImplemented('wasi.getImportObject()'); }
  }
  return { WASI };
})
