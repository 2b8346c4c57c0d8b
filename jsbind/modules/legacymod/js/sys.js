// node:sys is node:util.
(function (host) {
  globalThis.process.emitWarning('sys is deprecated. Use util instead.', 'DeprecationWarning', 'DEP0025');
  return host.require('util');
})
