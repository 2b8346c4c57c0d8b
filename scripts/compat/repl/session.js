// A session on streams: values, errors, commands, lines that go on, await, _ and _error, completion.
'use strict';
const repl = require('repl');
const { PassThrough } = require('stream');

function session(options, lines) {
  return new Promise((resolve) => {
    const input = new PassThrough();
    const output = new PassThrough();
    let text = '';
    output.on('data', (d) => { text += d; });
    const r = repl.start({ input, output, terminal: false, ...options });
    r.on('exit', () => {
      console.log(text);
      resolve(r);
    });
    (async () => {
      for (const line of lines) {
        if (typeof line === 'function') await line(r);
        else input.write(`${line}\n`);
        await new Promise((done) => setTimeout(done, 15));
      }
      input.write('.exit\n');
    })();
  });
}
const complete = (...list) => async (r) => {
  for (const text of list) await new Promise((done) => r.complete(text, (e, result) => done(console.log(text, '->', JSON.stringify(result)))));
};

(async () => {
  await session({}, ['1 + 1', 'let x = { a: 1 }', 'x', '_', 'x.b = 2;', '{ c: 3 }', '{ c: 3 };', 'function f() {', '  return x', '}', 'f()', '[1,', '2]', '"text"', 'undefined', 'var y',
    'throw new Error("boo")', '_error.message', 'nothing', 'foo bar', 'throw 5', 'throw null', 'function g() { throw new TypeError("in g") }', 'g()', 'const x = 1', '_ = 7', '_',
    'await 5', 'const z = await Promise.resolve([1])', 'z', 'await Promise.reject(new RangeError("rejected")).catch((e) => e.message)', 'async () => await 1', 'fs.constants.O_RDONLY', 'typeof require', 'module.id',
    '`a', 'b`', '/* c', '*/ 7', 'if (true)', '  8', '.break', '(', '.break', '.help', '.nope', '.5 + 1', '...x', 'class A { m() {', 'return 1 } }', 'new A().m()',
    'setTimeout(() => { throw new Error("later") }, 1); "now"', 'globalThis === global', 'typeof process.exit', '"\\', 'x"']);
  await session({ prompt: '$ ', ignoreUndefined: true, useGlobal: true }, ['undefined', 'globalThis.shared = 1', '.clear', 'shared']);
  await session({ prompt: '', replMode: repl.REPL_MODE_STRICT }, ['(function () { return this })()', '.clear']);
  await session({ prompt: '> ', eval: (code, context, file, cb) => cb(code === 'fail\n' ? new Error('of eval') : null, code.toUpperCase()), writer: (v) => `<${v}>` }, ['abc', 'fail']);
  await session({ prompt: '' }, [(r) => {
    r.context.box = { one: 1, two: { three: 3 }, get side() { throw new Error('side effect'); } };
    r.defineCommand('hello', { help: 'Say hello', action(name) { this.output.write(`hello ${name}\n`); this.displayPrompt(); } });
    r.defineCommand('bye', function() { this.close(); });
  }, complete('box.', 'box.t', 'box.two.th', 'box.side.x', 'box.nope.x', '.he', '.', 'var a = box.o', 'require("fs/', '1 +', 'box[', 'box?.on'), '.hello you', '.bye']);
  console.log(Object.keys(repl), repl.isValidSyntax('1 +'), repl.isValidSyntax('a b'), repl.REPL_MODE_STRICT, new repl.Recoverable(new SyntaxError('x')).err.message);
  console.log(repl.writer({ a: [1, { b: {} }] }), Object.keys(repl.writer.options));
  for (const options of [{ breakEvalOnSigint: true, eval() {} }]) {
    try {
      repl.start(options);
    } catch (e) {
      console.log(e.name, e.code, e.message);
    }
  }
})();
