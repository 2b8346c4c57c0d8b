'use strict';
// The members of the classes and of the module: names, order, attributes, arity.
const url = require('url');
const show = (name, object) => {
  console.log(`${name}:`);
  for (const key of Reflect.ownKeys(object)) {
    const d = Object.getOwnPropertyDescriptor(object, key);
    const what = 'value' in d ? (typeof d.value === 'function' ? `${d.value.name}/${d.value.length}` : typeof d.value) : `get${d.set ? ' set' : ''}`;
    console.log(' ', String(key), what, d.enumerable, d.configurable, d.writable);
  }
};
show('URL', URL);
show('URL.prototype', URL.prototype);
show('URLSearchParams', URLSearchParams);
show('URLSearchParams.prototype', URLSearchParams.prototype);
show('iterator', Object.getPrototypeOf(new URLSearchParams().keys()));
show('Url.prototype', url.Url.prototype);
console.log(Object.keys(url));
console.log(url.URL === URL, url.URLSearchParams === URLSearchParams, Object.keys(new URL('http://h')));
for (const name of ['URL', 'URLSearchParams']) {
  const { enumerable, configurable, writable } = Object.getOwnPropertyDescriptor(globalThis, name);
  console.log(name, { enumerable, configurable, writable });
}
