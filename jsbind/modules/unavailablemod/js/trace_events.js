// node:trace_events (https://nodejs.org/docs/latest-v24.x/api/tracing.html).
(function (host) {
  class Tracing {
    #categories;

    constructor(categories) { this.#categories = categories; }
    enable() { host.notImplemented('tracing.enable()'); }
    disable() {}
    get enabled() { return false; }
    get categories() { return this.#categories.join(); }

    [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
      if (typeof depth === 'number' && depth < 0) return this;
      return `Tracing ${host.require('util').inspect({ enabled: this.enabled, categories: this.categories }, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
    }
  }

  return {
    createTracing(options) {
      host.checkObject(options, 'options');
      host.checkStrings(options.categories, 'options.categories');
      if (options.categories.length === 0) host.fail('TypeError', 'ERR_TRACE_EVENTS_CATEGORY_REQUIRED', 'At least one category is required');
      return new Tracing(options.categories.slice());
    },
    getEnabledCategories() {},
  };
})
