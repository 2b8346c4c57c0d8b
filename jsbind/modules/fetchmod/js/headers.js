// Headers (https://fetch.spec.whatwg.org/#headers-class).
(host, idl) => {
  const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
  const badValue = /[\0\r\n]/;
  const trim = (v) => v.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');

  // A list of headers: by name in lower case, in the order in which they came.
  const newList = () => ({ map: new Map(), cookies: [] });
  function append(list, name, value) {
    const key = name.toLowerCase();
    const was = list.map.get(key);
    if (was !== undefined) was.value += `${key === 'cookie' ? '; ' : ', '}${value}`;
    else list.map.set(key, { name, value });
    if (key === 'set-cookie') list.cookies.push(value);
  }
  function set(list, name, value) {
    const key = name.toLowerCase();
    if (key === 'set-cookie') list.cookies = [value];
    list.map.set(key, { name, value });
  }
  function remove(list, name) {
    const key = name.toLowerCase();
    if (key === 'set-cookie') list.cookies = [];
    return list.map.delete(key);
  }
  const get = (list, name) => list.map.get(name.toLowerCase())?.value ?? null;
  const has = (list, name) => list.map.has(name.toLowerCase());
  function copy(list) {
    const out = newList();
    for (const [key, { name, value }] of list.map) out.map.set(key, { name, value });
    out.cookies = list.cookies.slice();
    return out;
  }
  function sorted(list) {
    const out = [];
    for (const key of [...list.map.keys()].sort()) {
      if (key === 'set-cookie') for (const c of list.cookies) out.push([key, c]);
      else out.push([key, list.map.get(key).value]);
    }
    return out;
  }
  const shown = (list) => {
    const o = {};
    for (const { name, value } of list.map.values()) o[name] = value;
    return o;
  };

  function check(name, value, where) {
    if (!token.test(name)) throw new TypeError(`${where}: "${name}" is an invalid header name.`);
    if (value !== undefined && badValue.test(value)) throw new TypeError(`${where}: "${value}" is an invalid header value.`);
  }
  function guardedAppend(s, name, value) {
    value = trim(value);
    check(name, value, 'Headers.append');
    if (s.guard === 'immutable') throw new TypeError('immutable');
    append(s.list, name, value);
  }

  function fill(s, init) {
    if (init === null || typeof init !== 'object' && typeof init !== 'function') {
      throw new TypeError('Headers constructor: Argument 1 could not be converted to one of: sequence<sequence<ByteString>>, record<ByteString, ByteString>.');
    }
    const given = idl.stateOf(init, 'Headers');
    if (given !== undefined && init[Symbol.iterator] === Headers.prototype.entries) {
      for (const { name, value } of given.list.map.values()) if (name.toLowerCase() !== 'set-cookie') append(s.list, name, value);
      for (const c of given.list.cookies) append(s.list, 'set-cookie', c);
      return;
    }
    const method = init[Symbol.iterator];
    if (method !== undefined && method !== null && typeof init !== 'function') {
      if (typeof method !== 'function') throw new TypeError('Headers constructor: init is not iterable.');
      let i = 0;
      for (const item of init) {
        if (item === null || typeof item !== 'object' || typeof item[Symbol.iterator] !== 'function') throw new TypeError(`Headers constructor: init[${i}] (${item}) is not iterable.`);
        const pair = [...item];
        if (pair.length !== 2) throw new TypeError(`Headers constructor: expected name/value pair to be length 2, found ${pair.length}.`);
        guardedAppend(s, idl.byteString(pair[0], 'Headers constructor', `init[${i}][0]`), idl.byteString(pair[1], 'Headers constructor', `init[${i}][1]`));
        i++;
      }
      return;
    }
    for (const key of Reflect.ownKeys(init)) {
      const d = Reflect.getOwnPropertyDescriptor(init, key);
      if (!d?.enumerable && typeof init !== 'function') continue;
      const name = idl.byteString(key, 'Headers constructor', 'key');
      guardedAppend(s, name, idl.byteString(init[key], 'Headers constructor', `init["${name}"]`));
    }
  }

  class Headers {
    constructor(init = undefined) {
      const s = idl.attach(this, { kind: 'Headers', list: newList(), guard: 'none' });
      if (init !== undefined) fill(s, init);
    }

    append(name, value) {
      const s = idl.need(this, 'Headers');
      idl.args(arguments, 2, 'Headers.append');
      name = idl.byteString(name, 'Headers.append', 'name');
      guardedAppend(s, name, idl.byteString(value, 'Headers.append', 'value'));
    }

    delete(name) {
      const s = idl.need(this, 'Headers');
      idl.args(arguments, 1, 'Headers.delete');
      name = idl.byteString(name, 'Headers.delete', 'name');
      check(name, undefined, 'Headers.delete');
      if (s.guard === 'immutable') throw new TypeError('immutable');
      remove(s.list, name);
    }

    get(name) {
      const s = idl.need(this, 'Headers');
      idl.args(arguments, 1, 'Headers.get');
      name = idl.byteString(name, 'Headers.get', 'name');
      check(name, undefined, 'Headers.get');
      return get(s.list, name);
    }

    has(name) {
      const s = idl.need(this, 'Headers');
      idl.args(arguments, 1, 'Headers.has');
      name = idl.byteString(name, 'Headers.has', 'name');
      check(name, undefined, 'Headers.has');
      return has(s.list, name);
    }

    set(name, value) {
      const s = idl.need(this, 'Headers');
      idl.args(arguments, 2, 'Headers.set');
      name = idl.byteString(name, 'Headers.set', 'name');
      value = trim(idl.byteString(value, 'Headers.set', 'value'));
      check(name, value, 'Headers.set');
      if (s.guard === 'immutable') throw new TypeError('immutable');
      set(s.list, name, value);
    }

    getSetCookie() {
      return idl.need(this, 'Headers').list.cookies.slice();
    }
  }
  idl.webClass(Headers, (o) => shown(idl.need(o, 'Headers').list));
  idl.iterable(Headers, (s) => sorted(s.list));

  const make = (list, guard) => idl.make(Headers, { kind: 'Headers', list, guard });
  return { Headers, make, fill, newList, append, set, remove, get, has, copy, sorted, token };
};
