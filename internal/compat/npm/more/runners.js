// ava, run as a program.
'use strict';
const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');
const { run } = require('./lib');
run(async () => {
  const dir = fs.mkdtempSync(path.join(__dirname, 'case-'));
  const write = (n, s) => fs.writeFileSync(path.join(dir, n), s);
  const exec = (bin, ...args) => { const r = spawnSync(process.execPath, [path.join(__dirname, 'node_modules', bin), ...args], { cwd: dir, encoding: 'utf8', timeout: 100000, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', CI: 'true' } }); console.log(bin, r.status, (r.stdout + r.stderr).replaceAll(dir, 'DIR').replace(/\(?\d+(\.\d+)? ?m?s\)?(, estimated.*)?/g, 'Nms').replace(/\n +at .*/g, '').replace(/ +\n/g, '\n')); };
  try {
    write('package.json', '{"name":"case"}');
    write('ava.test.mjs', `import test from 'ava';
test('passes', (t) => { t.plan(2); t.is(1, 1); t.deepEqual({ a: [1] }, { a: [1] }); });
test('async', async (t) => { await t.throwsAsync(async () => { throw new TypeError('x'); }, { instanceOf: TypeError }); t.regex('abc', /b/); });
test.serial('fails', (t) => { t.is(1, 2, 'differs'); });
test.skip('skipped', () => {}); test.todo('later');`);
    exec('ava/entrypoints/cli.mjs', '--tap', '--serial', 'ava.test.mjs');
  } finally { fs.rmSync(dir, { recursive: true, force: true }); }
});
