'use strict';
// URLPattern: members, matches, arguments.
process.removeAllListeners('warning');
const describe = (d) => ['value' in d ? `${typeof d.value} ${d.value?.name}/${d.value?.length}` : `getter ${d.get.name}/${d.get.length}`, d.enumerable, d.configurable, d.writable].join(' ');
for (const key of Reflect.ownKeys(URLPattern.prototype)) console.log(key, describe(Object.getOwnPropertyDescriptor(URLPattern.prototype, key)));
const p = new URLPattern('https://*.example.org/users/:id');
console.log(p, [p.protocol, p.username, p.password, p.hostname, p.port, p.pathname, p.search, p.hash, p.hasRegExpGroups]);
console.log(p.exec('https://a.example.org/users/7'), p.test('https://a.example.org/users'), p.exec('/users/8', 'https://b.example.org')?.pathname);
console.log(p.exec({ protocol: 'https', hostname: 'c.example.org', pathname: '/users/9' }));
const report = (label, f) => {
  try {
    console.log(label, f());
  } catch (e) {
    console.log(label, e.name, e.code, e.message);
  }
};
for (const v of [undefined, null, 5, 'x', {}, [], () => {}, true]) {
  report(`new ${typeof v}`, () => new URLPattern(v).pathname);
  report(`second ${typeof v}`, () => new URLPattern('/a', v).pathname);
  report(`third ${typeof v}`, () => new URLPattern('/a', 'http://h', v).pathname);
  report(`ignoreCase ${typeof v}`, () => new URLPattern({}, { ignoreCase: v }).pathname);
  report(`exec ${typeof v}`, () => new URLPattern({ pathname: '/:a' }).exec(v)?.pathname);
  report(`base ${typeof v}`, () => new URLPattern({ pathname: '/:a' }).test('b', v));
}
report('call', () => URLPattern());
report('empty', () => new URLPattern().pathname);
report('getter', () => URLPattern.prototype.pathname);
report('method', () => URLPattern.prototype.test.call({}));
report('throws', () => new URLPattern({ get protocol() { throw new RangeError('boom'); } }));
report('options throw', () => new URLPattern({}, { get ignoreCase() { throw new RangeError('boom'); } }));
class Routes extends URLPattern {}
console.log(new Routes({ pathname: '/x' }).test('http://h/x'), new Routes() instanceof URLPattern, require('url').URLPattern === URLPattern);
