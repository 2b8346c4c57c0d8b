// The reporters spec and tap (https://nodejs.org/docs/latest-v24.x/api/test.html#test-reporters).
(function (host) {
  const { inspect } = host.require('util');
  const indentText = (text, by) => text.split('\n').map((l) => by + l).join('\n');
  const message = (e) => (e !== null && typeof e === 'object' && 'message' in e ? e.message : inspect(e));

  function skipText(t) {
    if (t.skipped !== undefined && t.skipped !== false) return ` # ${typeof t.skipped === 'string' && t.skipped !== '' ? t.skipped : 'SKIP'}`;
    if (t.todo !== undefined && t.todo !== false) return ` # ${typeof t.todo === 'string' && t.todo !== '' ? t.todo : 'TODO'}`;
    return '';
  }

  const isSkipped = (t) => t.skipped !== undefined && t.skipped !== false;

  class Spec {
    #failed = [];

    constructor(write, colors) {
      this.write = write;
      const paint = (code) => (colors ? (s) => `\u001b[${code}m${s}\u001b[39m` : (s) => s);
      this.green = paint(32);
      this.red = paint(31);
      this.gray = paint(90);
      this.blue = paint(34);
      this.white = (s) => s;
    }

    result(t, level) {
      const indent = '  '.repeat(level);
      const paint = isSkipped(t) ? this.gray : t.passed ? this.green : this.red;
      const sign = isSkipped(t) ? '\ufe63' : t.passed ? '\u2714' : '\u2716';
      return `${indent}${paint(`${sign} ${t.name}`)} ${this.gray(`(${t.duration}ms)`)}${skipText(t)}`;
    }

    test(t, level) {
      const indent = '  '.repeat(level);
      if (t.subtests.length > 0) {
        this.write(`${indent}\u25b6 ${t.name}\n`);
        for (const s of t.subtests) this.test(s, level + 1);
      }
      this.write(`${this.result(t, level)}\n`);
      for (const d of t.diagnostics) this.write(`${indent}${this.blue(`\u2139 ${d}`)}\n`);
      if (!t.passed && !isSkipped(t) && t.failure !== 'subtestsFailed') this.#failed.push(t);
    }

    diagnostic(text) {
      this.write(`${this.blue(`\u2139 ${text}`)}\n`);
    }

    end() {
      if (this.#failed.length === 0) return;
      this.write(`\n${this.red('\u2716 failing tests:')}\n`);
      for (const t of this.#failed) {
        if (t.location) this.write(`\ntest at ${host.relative(t.location.file)}:${t.location.line}:${t.location.column}\n`);
        this.write(`${this.result(t, 0)}\n`);
        this.write(`${indentText(inspect(t.error, { breakLength: Infinity }), '  ')}\n`);
      }
    }
  }

  const escape = (s) => s.replace(/\\/g, '\\\\').replace(/#/g, '\\#').replace(/\n/g, '\\n').replace(/\t/g, '\\t').replace(/\r/g, '\\r');

  class Tap {
    constructor(write) {
      this.write = write;
      write('TAP version 13\n');
      this.count = 0;
    }

    test(t, level, number = ++this.count) {
      const indent = '    '.repeat(level);
      this.write(`${indent}# Subtest: ${escape(t.name)}\n`);
      t.subtests.forEach((s, i) => this.test(s, level + 1, i + 1));
      if (t.subtests.length > 0) this.write(`${indent}    1..${t.subtests.length}\n`);
      let directive = '';
      if (isSkipped(t)) directive = ` # SKIP${typeof t.skipped === 'string' && t.skipped ? ` ${escape(t.skipped)}` : ''}`;
      else if (t.todo !== undefined && t.todo !== false) directive = ` # TODO${typeof t.todo === 'string' && t.todo ? ` ${escape(t.todo)}` : ''}`;
      this.write(`${indent}${t.passed ? 'ok' : 'not ok'} ${number} - ${escape(t.name)}${directive}\n`);
      this.write(`${indent}  ---\n${indent}  duration_ms: ${t.duration}\n${indent}  type: '${t.suite ? 'suite' : 'test'}'\n`);
      if (!t.passed) this.#error(t, `${indent}  `);
      this.write(`${indent}  ...\n`);
      for (const d of t.diagnostics) this.write(`${indent}# ${escape(d)}\n`);
    }

    #error(t, indent) {
      if (t.location) this.write(`${indent}location: '${t.location.file}:${t.location.line}:${t.location.column}'\n`);
      this.write(`${indent}failureType: '${t.failure}'\n`);
      const e = t.error;
      const text = String(message(e));
      if (text.includes('\n')) this.write(`${indent}error: |-\n${indentText(text, `${indent}  `)}\n`);
      else this.write(`${indent}error: ${inspect(text)}\n`);
      this.write(`${indent}code: '${e?.code ?? 'ERR_TEST_FAILURE'}'\n`);
      if (e?.code === 'ERR_ASSERTION') {
        this.write(`${indent}name: '${e.name}'\n`);
        this.write(`${indent}expected: ${inspect(e.expected)}\n${indent}actual: ${inspect(e.actual)}\n${indent}operator: ${inspect(e.operator)}\n`);
      }
      if (typeof e?.stack === 'string') {
        const frames = e.stack.split('\n').filter((l) => /^\s+at /.test(l)).map((l) => l.replace(/^\s+at /, ''));
        if (frames.length > 0) this.write(`${indent}stack: |-\n${frames.map((f) => `${indent}  ${f}`).join('\n')}\n`);
      }
    }

    diagnostic(text) {
      this.write(`# ${text}\n`);
    }

    plan(n) {
      this.write(`1..${n}\n`);
    }

    end() {}
  }

  return { Spec, Tap };
})
