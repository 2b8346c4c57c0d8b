// process.finalization
// (https://nodejs.org/docs/latest-v24.x/api/process.html#processfinalizationregisterref-callback).
(function (process, argType) {
  const events = { exit: [], beforeExit: [] };
  const installed = { exit: false, beforeExit: false };
  const handlers = {};
  const registry = new FinalizationRegistry((entry) => remove(entry));

  function remove(entry) {
    const list = events[entry.event];
    const i = list.indexOf(entry);
    if (i >= 0) list.splice(i, 1);
    if (list.length === 0 && installed[entry.event]) {
      installed[entry.event] = false;
      process.removeListener(entry.event, handlers[entry.event]);
    }
  }

  for (const event of ['exit', 'beforeExit']) {
    handlers[event] = () => {
      for (const entry of events[event].splice(0)) {
        const obj = entry.ref.deref();
        if (obj !== undefined) entry.fn(obj, event);
      }
    };
  }

  function add(event, obj, fn) {
    if (obj === null || typeof obj !== 'object' && typeof obj !== 'function') argType('obj', obj, 'object');
    const entry = { event, ref: new WeakRef(obj), fn };
    events[event].push(entry);
    registry.register(obj, entry, entry);
    if (!installed[event]) {
      installed[event] = true;
      process.on(event, handlers[event]);
    }
  }

  return {
    register(obj, fn) {
      add('exit', obj, fn);
    },
    registerBeforeExit(obj, fn) {
      add('beforeExit', obj, fn);
    },
    unregister(obj) {
      if (!obj) return;
      for (const list of [events.exit, events.beforeExit]) {
        for (const entry of list.slice()) {
          if (entry.ref.deref() === obj) {
            registry.unregister(entry);
            remove(entry);
          }
        }
      }
    },
  };
})
