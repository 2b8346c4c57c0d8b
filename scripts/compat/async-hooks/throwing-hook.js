// A hook that throws ends the program whoever listens, with the stack.
'use strict';
const { spawnSync } = require('child_process');
const hooks = require('async_hooks');

if (process.argv[2]) {
  process.on('uncaughtException', () => console.log('not reached'));
  process.on('exit', (code) => console.log('exit', code));
  const fail = () => { throw process.argv[3] ? 'no error' : new Error('from a hook'); };
  hooks.createHook({ [process.argv[2]]: fail }).enable();
  setTimeout(() => console.log('callback'), 1);
} else {
  for (const args of [['init'], ['before'], ['after'], ['destroy'], ['init', 'text']]) {
    const r = spawnSync(process.execPath, [__filename, ...args], { encoding: 'utf8' });
    console.log(args.join(), r.status, JSON.stringify(r.stdout), JSON.stringify(r.stderr.split('\n')[0]));
  }
}
