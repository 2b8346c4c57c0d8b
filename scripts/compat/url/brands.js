'use strict';
// Members that are called on something that is no URL or URLSearchParams.
const report = (label, f) => {
  try {
    console.log(label, f());
  } catch (e) {
    console.log(label, e.name, e.code, e.message);
  }
};
for (const key of Object.keys(Object.getOwnPropertyDescriptors(URL.prototype))) {
  if (key === 'constructor') continue;
  report(`get ${key}`, () => { const v = Reflect.get(URL.prototype, key, {}); return typeof v === 'function' ? v.call({}) : v; });
  const d = Object.getOwnPropertyDescriptor(URL.prototype, key);
  if (d.set) report(`set ${key}`, () => d.set.call({}, 'x'));
}
for (const key of Object.keys(Object.getOwnPropertyDescriptors(URLSearchParams.prototype))) {
  if (key === 'constructor') continue;
  for (const receiver of [{}, undefined, null, 1, new URL('http://h')]) {
    report(`${key} ${typeof receiver}`, () => {
      const d = Object.getOwnPropertyDescriptor(URLSearchParams.prototype, key);
      return d.get ? d.get.call(receiver) : d.value.call(receiver, 'a', 'b');
    });
  }
}
const next = Object.getPrototypeOf(new URLSearchParams().keys()).next;
report('next', () => next.call({}));
report('next', () => next.call(new URLSearchParams()));
report('URL()', () => URL('http://h'));
report('URLSearchParams()', () => URLSearchParams('a'));
