// node:constants: those of os, fs and crypto in one object.
(function (host) {
  const os = host.require('os').constants;
  return Object.freeze(Object.assign({}, os.dlopen, os.errno, os.priority, os.signals, host.require('fs').constants, host.require('crypto').constants));
})
