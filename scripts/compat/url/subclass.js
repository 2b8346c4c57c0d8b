'use strict';
// Subclasses and patched prototypes.
class Mine extends URL {
  constructor(path) { super(path, 'http://base/'); this.path = path; }
  get host() { return `<${super.host}>`; }
}
const m = new Mine('a?b#c');
console.log(m.host, m.href, m.path, m instanceof URL, m.constructor.name, m.searchParams.get('b'));
class Params extends URLSearchParams {
  get(name) { return `[${super.get(name)}]`; }
}
const p = new Params({ a: 1 });
console.log(p.get('a'), String(p), p instanceof URLSearchParams, p.size);
const get = URLSearchParams.prototype.get;
URLSearchParams.prototype.get = function (name) { return `patched ${get.call(this, name)}`; };
console.log(new URL('http://h/?q=1').searchParams.get('q'));
URLSearchParams.prototype.get = get;
console.log(Reflect.construct(URL, ['http://r/'], Mine).host);
console.log(Object.getPrototypeOf(Mine) === URL, new Mine('x').toJSON(), JSON.stringify(new Mine('y')));
