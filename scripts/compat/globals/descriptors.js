// The global object: every name that Node has, and how it is defined.
'use strict';

const missing = ['WebAssembly']; // not an engine's of this kind
for (const name of Object.getOwnPropertyNames(globalThis).filter((n) => !missing.includes(n)).sort()) {
  const d = Object.getOwnPropertyDescriptor(globalThis, name);
  console.log(name, 'value' in d ? `${typeof d.value} ${d.writable}` : `accessor ${d.get?.name} ${d.set?.name}`, d.enumerable, d.configurable);
}
Object.defineProperty(globalThis, 'Headers', { value: 1 });
console.log(Object.getOwnPropertyDescriptor(globalThis, 'Headers'));
globalThis.fetch = 2;
console.log(Object.getOwnPropertyDescriptors(globalThis).fetch);
delete globalThis.Blob;
console.log(typeof Blob, Object.keys(globalThis));
