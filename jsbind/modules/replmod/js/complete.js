// Tab completion of the REPL: commands, modules, members and names.
(function (host) {
  const vm = host.require('vm');
  const fs = host.require('fs');
  const path = host.require('path');
  const { builtinModules } = host.require('module');
  const { process } = globalThis;
  const keywords = ('async await break case catch const continue debugger default delete do else export false finally for function if import in ' +
    'instanceof let new null return switch this throw true try typeof var void while with yield').split(' ');
  const identifier = /^[a-zA-Z_$][\w$]*$/;

  const legacy = /^__(?:define|lookup)[GS]etter__$/;
  const isPlainName = (name) => identifier.test(name) && !legacy.test(name);

  function complete(line, callback) {
    const text = line.trimStart();
    let groups = [];
    let completeOn;
    let m;
    if ((m = /^\s*\.(\w*)$/.exec(text))) {
      groups.push(Object.keys(this.commands));
      completeOn = m[1];
      if (completeOn) groups = [groups[0].filter((n) => n.startsWith(completeOn))];
      finishCompletion(groups, completeOn, callback);
    } else if ((m = /\brequire\s*\(\s*['"`](([\w@./:-]+\/)?(?:[\w@./:-]*))(?![^'"`])$/.exec(text))) {
      completeOn = m[1];
      finishCompletion(modules(completeOn), completeOn, callback);
    } else if ((m = /fs(?:\.promises)?\.\s*[a-z][a-zA-Z]+\(\s*["'`]([^"'`]*)$/.exec(text)) && this.allowBlockingCompletions) {
      [groups, completeOn] = filesOf(m[1]);
      finishCompletion(groups, completeOn, callback);
    } else if (line.length === 0 || /\w|\.|\$/.test(line.at(-1))) {
      m = /(?:^|[^\w$.\])'"`])((?:[a-zA-Z_$][\w$]*|'[^']*'|"[^"]*"|\/(?:[^/\\]|\\.)+\/[a-z]*|\[[^\][]*\])(?:\??\.[a-zA-Z_$][\w$]*|\[(?:\d+|'[^']*'|"[^"]*")\])*)\??\.([\w$]*)$/.exec(line);
      if (m === null && /\.[\w$]*$/.test(line)) return callback(null, [[], undefined]);
      if (m !== null) {
        completeOn = line.slice(m.index + (m[0].length - m[0].trimStart().length));
        const expression = m[1];
        const filter = m[2];
        const head = m[0].slice(m[0].lastIndexOf(expression), m[0].length - filter.length);
        groups = members(this, expression).map((list) => list.filter((n) => n.toLowerCase().startsWith(filter.toLowerCase())).map((n) => head + n));
        finishCompletion(groups, head + filter, callback);
        return undefined;
      }
      completeOn = /[\w$]*$/.exec(line)[0];
      finishCompletion(globals(this).map((list) => list.filter((n) => n.startsWith(completeOn))), completeOn, callback);
    } else {
      callback(null, [[], undefined]);
    }
    return undefined;
  }

  // The groups in one list, with an empty entry between them, each name once.
  function finishCompletion(groups, completeOn, callback) {
    const seen = new Set();
    const list = [];
    for (let i = groups.length - 1; i >= 0; i--) {
      const group = groups[i].filter((n) => !seen.has(n)).sort();
      if (group.length === 0) continue;
      for (const n of group) seen.add(n);
      if (list.length > 0) list.push('');
      list.push(...group);
    }
    callback(null, [list, completeOn]);
  }

  function modules(text) {
    if (/^\.{0,2}\//.test(text) || text.startsWith('.')) return [localModules(text)];
    return [builtinModules.filter((n) => n.startsWith(text)), text.startsWith('node:') ? builtinModules.map((n) => (n.startsWith('node:') ? n : `node:${n}`)).filter((n) => n.startsWith(text)) : []];
  }

  function localModules(text) {
    const dir = path.resolve(process.cwd(), path.dirname(`${text}x`));
    const prefix = text.slice(0, text.lastIndexOf('/') + 1);
    const list = [];
    try {
      for (const d of fs.readdirSync(dir, { withFileTypes: true })) {
        if (d.isDirectory()) list.push(`${prefix}${d.name}/`);
        else if (/\.(?:c?js|mjs|json|node)$/.test(d.name)) list.push(prefix + d.name, prefix + d.name.replace(/\.(?:js|json|node)$/, ''));
      }
    } catch { /* no such folder */ }
    return list.filter((n) => n.startsWith(text));
  }

  function filesOf(text) {
    const base = path.basename(text);
    const dir = text.endsWith('/') ? text : path.dirname(text);
    const wanted = text.endsWith('/') ? '' : base;
    try {
      return [[fs.readdirSync(path.resolve(dir)).filter((n) => n.startsWith(wanted))], wanted];
    } catch {
      return [[], wanted];
    }
  }

  // The members of what an expression names, found without calling a getter.
  function members(repl, expression) {
    const value = evaluate(repl, expression);
    if (value === undefined || value === null) return [];
    const groups = [];
    let o = Object(value);
    if (typeof value !== 'object' && typeof value !== 'function') o = Object.getPrototypeOf(o);
    for (let depth = 0; o !== null && depth < 5; depth++) {
      let names = [];
      try {
        names = Object.getOwnPropertyNames(o).filter(isPlainName);
      } catch { /* a Proxy */ }
      groups.push(names);
      o = Object.getPrototypeOf(o);
    }
    return groups;
  }

  function evaluate(repl, expression) {
    let m = /^(?:[a-zA-Z_$][\w$]*|'[^']*'|"[^"]*"|\/(?:[^/\\]|\\.)+\/[a-z]*|\[[^\][]*\])/.exec(expression);
    if (m === null) return undefined;
    let value;
    try {
      const root = m[0];
      if (identifier.test(root) && root !== 'this') {
        const d = descriptor(repl.context, root);
        if (d !== undefined && d.get !== undefined && !builtinModules.includes(root) && root !== '_' && root !== '_error' && !lazy(root)) return undefined;
      }
      value = repl.useGlobal ? vm.runInThisContext(root) : vm.runInContext(root, repl.context);
    } catch {
      return undefined;
    }
    let rest = expression.slice(m[0].length);
    while (rest !== '') {
      m = /^(?:\??\.([a-zA-Z_$][\w$]*)|\[(?:(\d+)|'([^']*)'|"([^"]*)")\])/.exec(rest);
      if (m === null || value === undefined || value === null) return undefined;
      const d = descriptor(Object(value), m[1] ?? m[2] ?? m[3] ?? m[4]);
      if (d === undefined || d.get !== undefined) return undefined;
      value = d.value;
      rest = rest.slice(m[0].length);
    }
    return value;
  }

  // Globals that are made when first touched are no getters of a program's.
  const lazy = (name) => /\[native code\]/.test(Function.prototype.toString.call(Object.getOwnPropertyDescriptor(globalThis, name)?.get ?? ''));

  function descriptor(o, name) {
    for (let p = o; p !== null; p = Object.getPrototypeOf(p)) {
      const d = Object.getOwnPropertyDescriptor(p, name);
      if (d !== undefined) return d;
    }
    return undefined;
  }

  function globals(repl) {
    const groups = [];
    let o = repl.context;
    const names = repl.useGlobal ? [] : vm.runInContext('Object.getOwnPropertyNames(globalThis)', repl.context);
    groups.push([...new Set([...Object.getOwnPropertyNames(o), ...names])].filter(isPlainName));
    while ((o = Object.getPrototypeOf(o)) !== null) groups.push(Object.getOwnPropertyNames(o).filter(isPlainName));
    groups.push(keywords);
    return groups;
  }

  return { complete };
})
