// node:inspector (https://nodejs.org/docs/latest-v24.x/api/inspector.html): there
// is no debugger to listen for, so no session can be connected.
(function (host) {
  const EventEmitter = host.require('events');

  function open(port, address, wait) { host.notImplemented('inspector.open()'); }
  function waitForDebugger() { host.fail('Error', 'ERR_INSPECTOR_NOT_ACTIVE', 'Inspector is not active'); }

  class Session extends EventEmitter {
    connect() { host.notImplemented('inspector.Session.connect()'); }

    connectToMainThread() {
      const { isMainThread } = host.require('worker_threads');
      if (isMainThread) host.fail('Error', 'ERR_INSPECTOR_NOT_WORKER', 'Current thread is not a worker');
      host.notImplemented('inspector.Session.connectToMainThread()');
    }

    post(method, params, callback) {
      host.checkString(method, 'method');
      if (!callback && typeof params === 'function') {
        callback = params;
        params = null;
      }
      if (params) host.checkObject(params, 'params');
      if (callback) host.checkFunction(callback, 'callback');
      host.fail('Error', 'ERR_INSPECTOR_NOT_CONNECTED', 'Session is not connected');
    }

    disconnect() {}
  }

  // Events for sessions that listen: there can be none.
  const Network = {};
  for (const name of ['requestWillBeSent', 'responseReceived', 'loadingFinished', 'loadingFailed', 'dataSent', 'dataReceived',
    'webSocketCreated', 'webSocketClosed', 'webSocketHandshakeResponseReceived']) {
    Network[name] = { [name](params) {} }[name];
  }

  return {
    open,
    close() {},
    url() {},
    waitForDebugger,
    console: host.require('vm').runInNewContext('console'), // prints in a debugger alone
    Session,
    Network,
    NetworkResources: { put(url, data) {} },
  };
})
