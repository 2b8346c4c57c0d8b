// The REPL's history file
// (https://nodejs.org/docs/latest-v24.x/api/repl.html#persistent-history).
(function (host) {
  const fs = host.require('fs');
  const os = host.require('os');
  const path = host.require('path');
  const { process, setTimeout, clearTimeout } = globalThis;
  const delay = 15; // milliseconds from a change to the file

  function setupHistory(repl, config, cb) {
    if (typeof config === 'function') {
      cb = config;
      config = undefined;
    }
    if (typeof config === 'string') config = { filePath: config };
    const options = config ?? {};
    if (cb !== undefined) host.checkFunction(cb, 'cb');
    cb ??= options.onHistoryFileLoaded ?? (() => {});
    const manager = repl.historyManager;
    if (options.size !== undefined) manager.size = host.checkNumber(options.size, 'options.size', 0);
    let file = options.filePath;
    if (typeof file === 'string') file = file.trim();
    if (file === '') { // switched off
      process.nextTick(cb, null, repl);
      return;
    }
    if (!file) {
      try {
        file = path.join(os.homedir(), '.node_repl_history');
      } catch (e) {
        notice(repl, '\nError: Could not get the home directory.\nREPL session history will not be persisted.\n');
        process.nextTick(cb, null, repl);
        return;
      }
    }
    let text = '';
    repl.pause();
    try {
      // Nobody else may read what was typed.
      fs.closeSync(fs.openSync(file, 'a+', 0o600));
      text = fs.readFileSync(file, 'utf8');
    } catch (e) {
      notice(repl, '\nError: Could not open history file.\nREPL session history will not be persisted.\n');
      repl.resume();
      process.nextTick(cb, null, repl);
      return;
    }
    if (text) manager.entries = text.split(/\r?\n+/).filter((l) => l !== '').slice(0, manager.size);
    let timer;
    let waiting = [];
    const write = () => {
      timer = undefined;
      fs.writeFile(file, manager.entries.join(os.EOL), { mode: 0o600 }, () => {
        if (timer === undefined) {
          manager.flushing = false;
          repl.emit('flushHistory');
          for (const f of waiting.splice(0)) f();
        }
      });
    };
    manager.whenFlushed = (f) => {
      waiting.push(f);
      if (timer !== undefined) {
        clearTimeout(timer);
        write();
      }
    };
    // Commands of several lines become one entry when they are whole.
    const changed = () => {
      manager.flushing = true;
      clearTimeout(timer);
      timer = setTimeout(write, delay);
    };
    repl.prependListener('line', changed);
    repl.resume();
    process.nextTick(cb, null, repl);
  }

  function notice(repl, text) {
    repl.output.write(text);
    repl.displayPrompt(true);
  }

  return { setupHistory };
})
