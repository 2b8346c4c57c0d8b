// The commands of the REPL
// (https://nodejs.org/docs/latest-v24.x/api/repl.html#commands-and-special-keys).
(function (host) {
  const fs = host.require('fs');

  function addCommands(repl, buffered) {
    repl.defineCommand('break', {
      help: 'Sometimes you get stuck, this gets you out',
      action() {
        this.clearBufferedCommand();
        this.displayPrompt();
      },
    });
    repl.defineCommand('clear', {
      help: repl.useGlobal ? 'Alias for .break' : 'Break, and also clear the local context',
      action() {
        this.clearBufferedCommand();
        if (!this.useGlobal) {
          this.output.write('Clearing context...\n');
          this.resetContext();
        }
        this.displayPrompt();
      },
    });
    repl.defineCommand('exit', {
      help: 'Exit the REPL',
      action() { this.close(); },
    });
    repl.defineCommand('help', {
      help: 'Print this help message',
      action() {
        const names = Object.keys(this.commands).sort();
        const width = Math.max(...names.map((n) => n.length)) + 3;
        for (const name of names) {
          const { help } = this.commands[name];
          this.output.write(help ? `.${name}${' '.repeat(width - name.length)}${help}\n` : `.${name}\n`);
        }
        this.output.write('\nPress Ctrl+C to abort current expression, Ctrl+D to exit the REPL\n');
        this.displayPrompt();
      },
    });
    repl.defineCommand('save', {
      help: 'Save all evaluated commands in this REPL session to a file',
      action(file) {
        try {
          if (file === '') throw Object.assign(new Error(), { code: 'ERR_MISSING_ARGS' });
          fs.writeFileSync(file, this.lines.join('\n'));
          this.output.write(`Session saved to: ${file}\n`);
        } catch (e) {
          this.output.write(e.code === 'ERR_MISSING_ARGS' ? 'The "file" argument must be specified\n' : `Failed to save: ${file}\n`);
        }
        this.displayPrompt();
      },
    });
    repl.defineCommand('load', {
      help: 'Load JS from a file into the REPL session',
      action(file) {
        try {
          if (file === '') throw Object.assign(new Error(), { code: 'ERR_MISSING_ARGS' });
          const stats = fs.statSync(file);
          if (stats?.isFile()) {
            startEditing(this);
            this.loading = true;
            for (const line of fs.readFileSync(file, 'utf8').split('\n')) this.write(`${line}\n`);
            this.loading = false;
            stopEditing(this);
            this.write('\n'); // runs it
            return;
          }
          this.output.write(`Failed to load: ${file} is not a valid file\n`);
        } catch (e) {
          this.output.write(e.code === 'ERR_MISSING_ARGS' ? 'The "file" argument must be specified\n' : `Failed to load: ${file}\n`);
        }
        this.displayPrompt();
      },
    });
    if (repl.terminal) {
      repl.defineCommand('editor', {
        help: 'Enter editor mode',
        action() {
          startEditing(this);
          this.output.write('// Entering editor mode (Ctrl+D to finish, Ctrl+C to cancel)\n');
        },
      });
    }
    // What was evaluated, for .save.
    repl.on('line', (line) => {
      line ??= '';
      if (!repl.editorMode && !line.trim().startsWith('.')) repl.lines.push(line);
    });

    function startEditing(r) {
      r.editorMode = true;
      Object.getPrototypeOf(Object.getPrototypeOf(r)).setPrompt.call(r, '');
    }

    function stopEditing(r) {
      r.editorMode = false;
      Object.getPrototypeOf(Object.getPrototypeOf(r)).setPrompt.call(r, r._initialPrompt);
    }
  }

  return { addCommands };
})
