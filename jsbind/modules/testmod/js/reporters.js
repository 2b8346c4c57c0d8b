// The reporters (https://nodejs.org/docs/latest-v24.x/api/test.html#test-reporters).
// Inside, each is a function that makes functions from an event to text, from
// null at the end; the module's exports are made of them.
(function (host) {
  const { inspect } = host.require('util');
  const { Transform } = host.require('stream');
  const path = host.require('path');
  const { hostname } = host.require('os');
  const { process } = globalThis;

  const isSubtestsFailed = (e) => e?.failureType === 'subtestsFailed';
  const indent = (text, by) => text.split('\n').map((l) => by + l).join('\n');

  // --- spec ---

  const signs = { 'test:fail': '\u2716 ', 'test:pass': '\u2714 ', 'test:diagnostic': '\u2139 ', 'test:coverage': '\u2139 ', 'arrow:right': '\u25b6 ', 'hyphen:minus': '\ufe63 ' };
  const codes = { red: 31, green: 32, yellow: 33, blue: 34, gray: 90 };

  function painter(colors) {
    const paint = {};
    for (const [name, code] of Object.entries(codes)) paint[name] = colors ? (s) => `\u001b[${code}m${s}\u001b[39m` : (s) => s;
    return paint;
  }

  function formatError(error, by, colors) {
    if (!error) return '';
    const e = error.code === 'ERR_TEST_FAILURE' ? error.cause : error;
    return `\n${indent(inspect(e, { colors, breakLength: Infinity }), `${by}  `)}`;
  }

  function reportLine(type, data, paint, showError, by, colors) {
    let sign = signs[type];
    let color = type === 'test:fail' ? paint.red : paint.green;
    const { skip, todo } = data;
    const directive = skip !== undefined ? ` # ${typeof skip === 'string' && skip.length > 0 ? skip : 'SKIP'}` :
      todo !== undefined ? ` # ${typeof todo === 'string' && todo.length > 0 ? todo : 'TODO'}` : '';
    if (skip !== undefined) {
      sign = signs['hyphen:minus'];
      color = paint.gray;
    }
    const ms = data.details?.duration_ms;
    const title = `${color(`${sign}${data.name}`)}${ms === undefined ? '' : paint.gray(` (${ms}ms)`)}${directive}`;
    return `${by}${title}${showError ? formatError(data.details?.error, by, colors) : ''}\n`;
  }

  function spec(colors = false) {
    const paint = painter(colors);
    const stack = []; // of tests that have begun and were not named yet
    const named = []; // of those that have subtests and were
    const failed = [];
    const by = (nesting) => '  '.repeat(nesting);

    function result(type, data) {
      let text = '';
      stack.shift(); // this one
      // Its parents are named before their first subtest.
      while (stack.length > 0) {
        const parent = stack.pop();
        named.unshift(parent);
        text += `${by(parent.nesting)}${signs['arrow:right']}${parent.name}\n`;
      }
      if (named[0]?.nesting === data.nesting && named[0].name === data.name) named.shift();
      return text + reportLine(type, data, paint, false, by(data.nesting), colors);
    }

    // The failures come again at the end.
    function end() {
      if (failed.length === 0) return '';
      let text = `\n${paint.red(`${signs['test:fail']}failing tests:`)}\n`;
      for (const t of failed) {
        if (t.file) text += `\ntest at ${path.relative(process.cwd(), t.file)}:${t.line}:${t.column}\n`;
        else text += '\n';
        text += reportLine('test:fail', t, paint, true, '', colors);
      }
      return text;
    }

    return (event) => {
      if (event === null) return end();
      const { type, data } = event;
      switch (type) {
        case 'test:start':
          stack.unshift({ nesting: data.nesting, name: data.name });
          return '';
        case 'test:pass':
          return result(type, data);
        case 'test:fail':
          if (!isSubtestsFailed(data.details?.error)) failed.push(data);
          return result(type, data);
        case 'test:stderr':
        case 'test:stdout':
          return data.message;
        case 'test:diagnostic': {
          const color = { info: paint.blue, warn: paint.yellow, error: paint.red }[data.level] ?? paint.blue;
          return `${color(`${by(data.nesting)}${signs[type]}${data.message}`)}\n`;
        }
        default:
          return '';
      }
    };
  }

  // --- tap ---

  const escapeTap = (s) => s.replaceAll('\\', '\\\\').replaceAll('#', '\\#').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r').replaceAll('\f', '\\f').replaceAll('\b', '\\b').replaceAll('\v', '\\v');

  function tapLine(nesting, number, status, name, skip, todo) {
    let text = `${'    '.repeat(nesting)}${status} ${number} - ${escapeTap(name)}`;
    if (skip !== undefined) text += ` # SKIP${typeof skip === 'string' && skip.length > 0 ? ` ${escapeTap(skip)}` : ''}`;
    else if (todo !== undefined) text += ` # TODO${typeof todo === 'string' && todo.length > 0 ? ` ${escapeTap(todo)}` : ''}`;
    return `${text}\n`;
  }

  function tapDetails(nesting, data, location) {
    const { error, duration_ms } = data.details;
    const by = `${'    '.repeat(nesting)}  `;
    let text = `${by}---\n${yaml(by, 'duration_ms', duration_ms)}${yaml(by, 'type', data.details.type)}`;
    if (location) text += yaml(by, 'location', location);
    return `${text}${yaml(by, null, error, new Set())}${by}...\n`;
  }

  // A value as YAML. Errors become the fields that consumers of TAP know.
  function yaml(by, name, value, seen = new Set()) {
    if (value === null || value === undefined) return name === null ? '' : `${by}${name}: ${value === null ? 'null' : inspect(value)}\n`.replace(/: undefined\n$/, ': ~\n').replace(/: null\n$/, ': ~\n');
    const prefix = `${by}${name}:`;
    if (typeof value === 'string') {
      if (!value.includes('\n')) return `${prefix} ${inspect(value)}\n`.replace(/^(\s*\w+: )"(.*)"\n$/, (all, a, b) => `${a}${inspect(value)}\n`);
      return `${prefix} |-\n${indent(value, `${by}  `)}\n`;
    }
    if (typeof value !== 'object') return `${prefix} ${inspect(value)}\n`;
    if (seen.has(value)) return `${prefix} <Circular>\n`;
    seen.add(value);
    let text = name === null ? '' : `${prefix}\n`;
    const inner = name === null ? by : `${by}  `;
    if (!host.isError(value)) {
      for (const [k, v] of Object.entries(value)) text += yaml(inner, Array.isArray(value) && !/\D/.test(k) ? k : k, v, seen);
      return text;
    }
    let { cause, code, failureType, message, expected, actual, operator, stack, name: errName } = value;
    let errMsg = message ?? '<unknown error>';
    let isAssertion = code === 'ERR_ASSERTION';
    if (code === 'ERR_TEST_FAILURE' && failureType !== 'hookFailed' && cause !== undefined && cause !== null) {
      errStack(cause);
    }
    function errStack(e) {
      // What the test threw counts, not what it is wrapped in.
      errMsg = e?.message ?? (typeof e === 'string' ? e : inspect(e));
      if (host.isError(e)) {
        stack = e.stack;
        errName = e.name;
        code = e.code ?? code;
        ({ expected, actual, operator } = e);
        isAssertion = e.code === 'ERR_ASSERTION';
      } else {
        stack = undefined;
        errName = undefined;
      }
    }
    if (failureType) text += yaml(inner, 'failureType', failureType, seen);
    text += yaml(inner, 'error', errMsg, seen);
    if (code) text += yaml(inner, 'code', code, seen);
    if (errName && errName !== 'Error') text += yaml(inner, 'name', errName, seen);
    if (isAssertion) {
      text += yaml(inner, 'expected', expected, seen);
      text += yaml(inner, 'actual', actual, seen);
      if (operator) text += yaml(inner, 'operator', operator, seen);
    }
    if (typeof stack === 'string') {
      const frames = stack.split('\n').map((l) => /^\s+at\s+(.*)$/.exec(l)?.[1]).filter((l) => l !== undefined);
      if (frames.length > 0) text += `${inner}stack: |-\n${frames.map((f) => `${inner}  ${f}`).join('\n')}\n`;
    }
    return text;
  }

  function tap() {
    let begun = false;
    return (event) => {
      if (event === null) return '';
      const head = begun ? '' : 'TAP version 13\n';
      begun = true;
      return head + tapEvent(event);
    };
  }

  function tapEvent({ type, data }) {
    const by = '    '.repeat(data.nesting ?? 0);
    const location = data.file ? `${data.file}:${data.line}:${data.column}` : null;
    switch (type) {
      case 'test:fail':
        return tapLine(data.nesting, data.testNumber, 'not ok', data.name, data.skip, data.todo) + tapDetails(data.nesting, data, location);
      case 'test:pass':
        return tapLine(data.nesting, data.testNumber, 'ok', data.name, data.skip, data.todo) + tapDetails(data.nesting, data, null);
      case 'test:plan':
        return `${by}1..${data.count}\n`;
      case 'test:start':
        return `${by}# Subtest: ${escapeTap(data.name)}\n`;
      case 'test:stderr':
      case 'test:stdout':
        return data.message.split(/\r?\n/).filter((l) => l !== '').map((l) => `${by}# ${escapeTap(l)}\n`).join('');
      case 'test:diagnostic':
        return `${by}# ${escapeTap(data.message)}\n`;
      default:
        return '';
    }
  }

  // --- dot ---

  function dot(colors = false) {
    const paint = painter(colors);
    const width = () => Math.max(process.stdout.columns ?? 20, 20);
    let count = 0;
    const failed = [];
    return (event) => {
      const { type, data } = event ?? {};
      if (type === 'test:pass' || type === 'test:fail') {
        if (type === 'test:fail') failed.push(data);
        let text = type === 'test:pass' ? paint.green('.') : paint.red('X');
        if (++count === width()) {
          text += '\n';
          count = 0;
        }
        return text;
      }
      if (event !== null) return '';
      let text = '\n';
      if (failed.length > 0) {
        text += `\n${paint.red('Failed tests:')}\n\n`;
        for (const t of failed) text += reportLine('test:fail', t, paint, true, '', colors);
      }
      return text;
    };
  }

  // --- junit ---

  const escapeAttribute = (s = '') => escapeContent(String(s).replace(/\n/g, '').replaceAll('"', '&quot;'));
  const escapeContent = (s = '') => String(s).replace(/(&)|(<)|([\0-\x08\x0b\x0c\x0e-\x1f])/g, (all, amp, lt) => (amp ? '&amp;' : lt ? '&lt;' : ''));
  const escapeComment = (s = '') => s.replace(/--/g, '&#45;&#45;');

  function tree(node) {
    if (typeof node === 'string') return `${escapeContent(node)}\n`;
    const by = '\t'.repeat(node.nesting + 1);
    if (node.comment !== undefined) return `${by}<!-- ${escapeComment(node.comment)} -->\n`;
    const attributes = Object.entries(node.attrs).map(([k, v]) => `${k}="${escapeAttribute(v)}"`).join(' ');
    if (!node.children?.length) return `${by}<${node.tag} ${attributes}/>\n`;
    return `${by}<${node.tag} ${attributes}>\n${node.children.map(tree).join('')}${by}</${node.tag}>\n`;
  }

  function junit() {
    const roots = [];
    let current = null;
    const start = (data) => {
      const suite = { __proto__: null, attrs: { __proto__: null, name: data.name }, nesting: data.nesting, parent: current, children: [] };
      if (current) current.children.push(suite);
      current = suite;
      return suite;
    };
    const is = (node, tag) => node?.tag === tag;
    return (event) => {
      if (event === null) return `<?xml version="1.0" encoding="utf-8"?>\n<testsuites>\n${roots.map(tree).join('')}</testsuites>\n`;
      const { type, data } = event;
      switch (type) {
        case 'test:start':
          start(data);
          return '';
        case 'test:pass':
        case 'test:fail': {
          if (!current) start({ name: 'root', nesting: 0 });
          if (current.attrs.name !== data.name || current.nesting !== data.nesting) start(data);
          const node = current;
          current = node.parent;
          if (node.nesting === 0) roots.push(node);
          node.attrs.time = (data.details.duration_ms / 1000).toFixed(6);
          const cases = node.children.filter((c) => c.comment === undefined);
          if (cases.length > 0) {
            node.tag = 'testsuite';
            node.attrs.disabled = 0;
            node.attrs.errors = 0;
            node.attrs.tests = cases.length;
            node.attrs.failures = cases.filter((c) => is(c, 'testcase') && c.attrs.failure !== undefined || is(c, 'testsuite') && c.attrs.failures > 0).length;
            node.attrs.skipped = cases.filter((c) => c.children?.some((x) => x.tag === 'skipped')).length;
            node.attrs.hostname = hostname();
          } else {
            node.tag = 'testcase';
            node.attrs.classname = data.classname ?? 'test';
            if (data.file) node.attrs.file = data.file;
            if (data.skip !== undefined) node.children.push({ nesting: data.nesting + 1, tag: 'skipped', attrs: { __proto__: null, type: 'skipped', message: data.skip } });
            if (data.todo !== undefined) node.children.push({ nesting: data.nesting + 1, tag: 'skipped', attrs: { __proto__: null, type: 'todo', message: data.todo } });
            if (type === 'test:fail') {
              const { error } = data.details;
              node.children.push({ nesting: data.nesting + 1, tag: 'failure', attrs: { __proto__: null, type: error?.failureType || error?.code, message: error?.message?.replaceAll(/\n\n/g, '\n') ?? '' },
                children: [inspect(error, { breakLength: Infinity })] });
              node.failures = 1;
              node.attrs.failure = error?.message ?? '';
            }
          }
          return '';
        }
        case 'test:diagnostic': {
          const parent = current?.children ?? roots;
          parent.push({ nesting: data.nesting, comment: data.message });
          return '';
        }
        default:
          return '';
      }
    };
  }

  const builtin = { spec, tap, dot, junit };

  // The module's form of a reporter: an async iterator of text. It is written
  // out because the engine makes async generators of globals.
  const generator = (name, make) => ({ [name](source) {
    const report = make(host.colorize(process.stdout));
    const events = source[Symbol.asyncIterator]();
    let over = false;
    return {
      async next() {
        for (;;) {
          if (over) return { value: undefined, done: true };
          const r = await events.next();
          over = r.done;
          const value = report(r.done ? null : r.value);
          if (value !== '') return { value, done: false };
        }
      },
      async return(value) {
        await events.return?.();
        return { value, done: true };
      },
      [Symbol.asyncIterator]() { return this; },
    };
  } })[name];

  class SpecReporter extends Transform {
    #report = spec(host.colorize(process.stdout));

    constructor() { super({ writableObjectMode: true }); }
    _transform(event, encoding, callback) { callback(null, this.#report(event)); }
    _flush(callback) { callback(null, this.#report(null)); }
  }

  const exports = {};
  const lazy = (name, make) => Object.defineProperty(exports, name, { configurable: true, enumerable: true, get: make });
  const made = { dot: generator('dot', dot), junit: generator('junitReporter', junit), tap: generator('tapReporter', tap) };
  lazy('dot', () => made.dot);
  lazy('junit', () => made.junit);
  exports.spec = function(...args) { return Reflect.construct(SpecReporter, args); };
  Object.defineProperty(exports.spec, 'name', { configurable: true, value: 'value' });
  lazy('tap', () => made.tap);
  exports.lcov = function() { return host.notImplemented('the reporter lcov'); };
  Object.defineProperty(exports.lcov, 'name', { configurable: true, value: 'value' });

  return { builtin, exports };
})
