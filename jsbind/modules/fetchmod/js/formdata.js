// FormData (https://xhr.spec.whatwg.org/#interface-formdata), and the multipart
// form that it is sent in.
(host, idl) => {
  const { Blob, File } = host.global;

  function entry(name, value, filename) {
    if (!(value instanceof Blob)) return { name, value };
    if (!(value instanceof File)) value = new File([value], filename ?? 'blob', { type: value.type });
    else if (filename !== undefined) value = new File([value], filename, { type: value.type, lastModified: value.lastModified });
    return { name, value };
  }

  function arguments3(list, where) {
    idl.args(list, 2, where);
    let [name, value, filename] = list;
    name = idl.usvString(name, where, 'name');
    if (list.length === 3 || value instanceof Blob) {
      if (!(value instanceof Blob)) throw new TypeError(`${where}: Expected value ("${typeof value === 'string' ? `"${value}"` : String(value)}") to be an instance of Blob.`);
      if (filename !== undefined) filename = idl.usvString(filename, where, 'filename');
    } else {
      value = idl.usvString(value, where, 'value');
    }
    return entry(name, value, filename);
  }

  class FormData {
    constructor(form = undefined) {
      if (form !== undefined) throw new TypeError('FormData constructor: Argument 1 could not be converted to: undefined.');
      idl.attach(this, { kind: 'FormData', entries: [] });
    }

    append(name, value, filename = undefined) {
      const s = idl.need(this, 'FormData');
      s.entries.push(arguments3(arguments, 'FormData.append'));
    }

    delete(name) {
      const s = idl.need(this, 'FormData');
      idl.args(arguments, 1, 'FormData.delete');
      name = idl.usvString(name, 'FormData.delete', 'name');
      s.entries = s.entries.filter((e) => e.name !== name);
    }

    get(name) {
      const s = idl.need(this, 'FormData');
      idl.args(arguments, 1, 'FormData.get');
      name = idl.usvString(name, 'FormData.get', 'name');
      return s.entries.find((e) => e.name === name)?.value ?? null;
    }

    getAll(name) {
      const s = idl.need(this, 'FormData');
      idl.args(arguments, 1, 'FormData.getAll');
      name = idl.usvString(name, 'FormData.getAll', 'name');
      return s.entries.filter((e) => e.name === name).map((e) => e.value);
    }

    has(name) {
      const s = idl.need(this, 'FormData');
      idl.args(arguments, 1, 'FormData.has');
      name = idl.usvString(name, 'FormData.has', 'name');
      return s.entries.some((e) => e.name === name);
    }

    set(name, value, filename = undefined) {
      const s = idl.need(this, 'FormData');
      const e = arguments3(arguments, 'FormData.set');
      const i = s.entries.findIndex((x) => x.name === e.name);
      if (i < 0) s.entries.push(e);
      else s.entries = [...s.entries.slice(0, i), e, ...s.entries.slice(i + 1).filter((x) => x.name !== e.name)];
    }
  }
  Object.defineProperty(FormData.prototype.append, 'length', { value: 2, configurable: true });
  Object.defineProperty(FormData.prototype.set, 'length', { value: 2, configurable: true });
  idl.webClass(FormData, (o) => {
    const shown = {};
    for (const { name, value } of idl.need(o, 'FormData').entries) {
      if (!Object.hasOwn(shown, name)) shown[name] = value;
      else if (Array.isArray(shown[name])) shown[name].push(value);
      else shown[name] = [shown[name], value];
    }
    return shown;
  });
  idl.iterable(FormData, (s) => s.entries.map((e) => [e.name, e.value]));

  const escape = (s) => s.replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22');
  const lines = (s) => s.replace(/\r?\n|\r/g, '\r\n');

  // encode makes the parts of a multipart body: a list for a Blob.
  function encode(form) {
    const boundary = `----formdata-undici-0${`${Math.floor(Math.random() * 1e11)}`.padStart(11, '0')}`;
    const parts = [];
    for (const { name, value } of form[idl.kState].entries) {
      const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escape(lines(name))}"`;
      if (typeof value === 'string') parts.push(`${head}\r\n\r\n${lines(value)}\r\n`);
      else parts.push(`${head}; filename="${escape(value.name)}"\r\nContent-Type: ${value.type || 'application/octet-stream'}\r\n\r\n`, value, '\r\n');
    }
    parts.push(`--${boundary}--\r\n`);
    return { boundary, blob: new Blob(parts) };
  }

  // decode reads a multipart body.
  function decode(bytes, boundary) {
    const form = new FormData();
    const parts = host.multipart(bytes, boundary);
    if (typeof parts === 'string') throw new TypeError('Failed to parse body as FormData.', { cause: new TypeError(parts) });
    for (const { name, filename, type, body } of parts) {
      if (filename === undefined) form.append(name, host.utf8(body));
      else form.append(name, new File([body], filename, { type }), filename);
    }
    return form;
  }
  return { FormData, encode, decode };
};
