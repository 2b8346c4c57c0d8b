// The inside of a worker: its standard streams, its errors, its main script.
(host, native) => {
  const { Readable, Writable } = host.require('stream');
  const { process } = host.global;
  const { control } = native;
  let input;

  function output(name, fd) {
    const s = new Writable({
      decodeStrings: false,
      writev(list, callback) {
        control.postMessage({ type: 'stdio', stream: name, chunks: list.map(({ chunk, encoding }) => ({ chunk, encoding })) });
        callback();
      },
      final(callback) {
        callback();
      },
    });
    s.fd = fd;
    s._isStdio = true;
    return s;
  }
  const stdin = new Readable({
    read() {
      if (input === undefined) {
        this.push(null);
        return;
      }
      if (!input.reading) {
        input.reading = true;
        control.ref();
      }
    },
  });
  if (native.stdin) input = { reading: false };
  stdin.on('end', () => {
    if (input?.reading) {
      input.reading = false;
      control.unref();
    }
  });
  stdin.fd = 0;
  native.setStreams(stdin, output('stdout', 1), output('stderr', 2));

  control.on('message', (m) => {
    switch (m.type) {
      case 'stdin':
        stdin.push(m.chunk === null ? null : typeof m.chunk === 'string' ? m.chunk : host.global.Buffer.from(m.chunk), m.encoding);
    }
  });
  control.unref();

  // An error crosses with its class and its own properties.
  const classes = ['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];
  function describe(error) {
    if (!(error instanceof Error)) return undefined;
    let name = 'Error';
    for (let p = Object.getPrototypeOf(error); p; p = Object.getPrototypeOf(p)) {
      const c = Object.getOwnPropertyDescriptor(p, 'constructor')?.value?.name;
      if (classes.includes(c)) {
        name = c;
        break;
      }
    }
    const properties = {};
    for (let o = error; o && o !== Object.prototype; o = Object.getPrototypeOf(o)) {
      for (const key of Object.getOwnPropertyNames(o)) {
        if (key === 'constructor' || key === 'toString' || Object.hasOwn(properties, key)) continue;
        let value;
        try {
          value = error[key];
        } catch {
          continue;
        }
        if (typeof value !== 'function' && typeof value !== 'symbol') properties[key] = value;
      }
      const c = Object.getOwnPropertyDescriptor(o, 'constructor')?.value;
      if (o !== error && classes.includes(c?.name)) break;
    }
    return { name, properties };
  }

  function fatal(error) {
    try {
      const d = describe(error);
      if (d !== undefined) {
        for (const key of Object.keys(d.properties)) {
          try {
            host.global.structuredClone(d.properties[key]);
          } catch {
            delete d.properties[key];
          }
        }
        control.postMessage({ type: 'error', ...d });
        return;
      }
      try {
        control.postMessage({ type: 'error', value: error });
      } catch {
        control.postMessage({ type: 'error', value: host.inspect(error) });
      }
    } catch {
      control.postMessage({ type: 'unserializable' });
    }
  }

  return {
    fatal,
    online: () => control.postMessage({ type: 'online' }),
  };
};
