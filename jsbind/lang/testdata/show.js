// Shows a value the same way in Node and in the tests of this package.
(function show(v, depth) {
  depth = depth || 0;
  if (depth > 6) return '…';
  switch (typeof v) {
    case 'string': return depth ? JSON.stringify(v) : v;
    case 'bigint': return v + 'n';
    case 'symbol': return v.toString();
    case 'function': return '[function ' + v.name + '/' + v.length + ']';
    case 'number': return Object.is(v, -0) ? '-0' : String(v);
    case 'undefined': case 'boolean': return String(v);
  }
  if (v === null) return 'null';
  if (v instanceof Error) return '<' + v.name + ': ' + v.message + (v.code !== undefined ? ' (' + v.code + ')' : '') + '>';
  const tag = Object.prototype.toString.call(v).slice(8, -1);
  if (Array.isArray(v)) {
    const out = [];
    for (let i = 0; i < v.length; i++) out.push(i in v ? show(v[i], depth + 1) : '<hole>');
    for (const k of Object.keys(v)) if (String(k >>> 0) !== k) out.push(k + ': ' + show(v[k], depth + 1));
    return '[' + out.join(', ') + ']';
  }
  if (v instanceof Map) return 'Map' + show([...v], depth + 1);
  if (v instanceof Set) return 'Set' + show([...v], depth + 1);
  if (v instanceof RegExp) return String(v);
  if (v instanceof Date) return 'Date(' + v.getTime() + ')';
  if (ArrayBuffer.isView(v) && !(v instanceof DataView)) return tag + '[' + Array.prototype.map.call(v, (x) => show(x, 1)).join(', ') + ']';
  if (tag === 'ArrayBuffer' || tag === 'SharedArrayBuffer') return tag + '(' + v.byteLength + ')';
  if (tag === 'Number' || tag === 'String' || tag === 'Boolean' || tag === 'BigInt') return tag + '(' + show(v.valueOf(), depth + 1) + ')';
  const out = [];
  for (const k of Reflect.ownKeys(v)) {
    const d = Object.getOwnPropertyDescriptor(v, k);
    if (!d.enumerable) continue;
    out.push((typeof k === 'symbol' ? '[' + k.toString() + ']' : k) + ': ' + ('value' in d ? show(d.value, depth + 1) : '<accessor>'));
  }
  return (tag === 'Object' ? '' : tag + ' ') + '{' + out.join(', ') + '}';
});
