// The loop of the program itself
// (https://nodejs.org/docs/latest-v24.x/api/repl.html#environment-variable-options).
(function (host) {
  const repl = host.load('repl');
  const { console, process } = globalThis;
  const { env } = process;

  return function main() {
    console.log(`Welcome to Node.js ${process.version}.\nType ".help" for more information.`);
    const options = { ignoreUndefined: false, useGlobal: true, breakEvalOnSigint: true };
    if (Number.parseInt(env.NODE_NO_READLINE, 10)) options.terminal = false;
    if (env.NODE_REPL_MODE) {
      options.replMode = { strict: repl.REPL_MODE_STRICT, sloppy: repl.REPL_MODE_SLOPPY }[env.NODE_REPL_MODE.toLowerCase().trim()];
    }
    options.replMode ??= repl.REPL_MODE_SLOPPY;
    const size = Number(env.NODE_REPL_HISTORY_SIZE);
    options.historySize = Number.isFinite(size) && size > 0 ? size : 1000;
    const r = repl.start(options);
    r.standalone = true;
    Object.defineProperty(globalThis, 'repl', { configurable: true, writable: true, value: r });
    r.on('exit', () => process.exit());
    if (r.terminal) r.setupHistory({ filePath: env.NODE_REPL_HISTORY, size: options.historySize }, (e) => { if (e) throw e; });
  };
})
