// node:_stream_wrap: a class that gives a stream of JavaScript the face of a
// socket's handle, which nothing here needs.
(function (host) {
  globalThis.process.emitWarning('The _stream_wrap module is deprecated.', 'DeprecationWarning', 'DEP0125');
  const { Socket } = host.require('net');
  class JSStreamSocket extends Socket {
    constructor(stream) {
      super({ readable: false, writable: false });
      host.notImplemented('new JSStreamSocket()');
    }
  }
  Object.defineProperty(JSStreamSocket, 'StreamWrap', { configurable: true, get: () => JSStreamSocket });
  return JSStreamSocket;
})
