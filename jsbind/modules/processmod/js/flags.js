// process.allowedNodeEnvironmentFlags: a Set that cannot be changed and that
// finds flags however they are written
// (https://nodejs.org/docs/latest-v24.x/api/process.html#processallowednodeenvironmentflags).
(function (list) {
  const bare = list.map((f) => f.replace(/^--?/, ''));
  class NodeEnvironmentFlagsSet extends Set {
    add() {
      return this;
    }

    delete() {
      return false;
    }

    clear() {}

    has(key) {
      if (typeof key !== 'string') return false;
      key = key.replace(/_/g, '-');
      if (!key.startsWith('-')) return bare.includes(key);
      return list.includes(key.replace(/=.*$/, ''));
    }

    entries() {
      return new Set(list).entries();
    }

    forEach(callback, thisArg) {
      for (const f of list) Reflect.apply(callback, thisArg, [f, f, this]);
    }

    get size() {
      return list.length;
    }

    values() {
      return new Set(list).values();
    }
  }
  const proto = NodeEnvironmentFlagsSet.prototype;
  proto.keys = proto[Symbol.iterator] = proto.values;
  Object.freeze(NodeEnvironmentFlagsSet);
  Object.freeze(proto);
  return Object.freeze(new NodeEnvironmentFlagsSet());
})
