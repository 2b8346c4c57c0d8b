// The global object: what is there, and how it is defined.
'use strict';

console.log(globalThis === global, typeof window, Object.prototype.toString.call(globalThis));
for (const name of ['process', 'Buffer', 'console', 'setTimeout', 'setImmediate', 'clearTimeout', 'queueMicrotask', 'structuredClone', 'URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'AbortController', 'AbortSignal', 'Event', 'EventTarget', 'performance', 'atob', 'btoa', 'DOMException', 'require', 'module', 'exports', '__filename', 'WeakRef', 'FinalizationRegistry', 'Promise', 'Symbol', 'JSON', 'globalThis']) {
  const d = Object.getOwnPropertyDescriptor(globalThis, name);
  console.log(name, typeof globalThis[name], d ? [d.enumerable, d.configurable, 'value' in d ? 'value' : 'accessor'].join(' ') : 'none');
}
