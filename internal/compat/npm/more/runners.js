// jest and ava, run as programs.
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
    write('sum.js', 'exports.sum = (a, b) => a + b; exports.later = (cb) => setTimeout(() => cb("late"), 1000);');
    write('sum.test.js', `const m = require('./sum');
jest.mock('fs', () => ({ ...jest.requireActual('fs'), readFileSync: jest.fn(() => 'mocked') }));
describe('sum', () => {
  let n = 0;
  beforeEach(() => { n++; }); afterAll(() => { if (n < 5) throw new Error('few'); });
  test.each([[1, 2, 3], [2, 2, 4]])('%i + %i', (a, b, c) => { expect(m.sum(a, b)).toBe(c); });
  it('matches', () => { expect({ a: [1, { b: 'x' }], d: new Date(0) }).toEqual({ a: expect.arrayContaining([1]), d: expect.any(Date) }); expect(() => { throw new TypeError('t'); }).toThrow(TypeError); expect('abc').toMatch(/b/); });
  it('resolves', async () => { await expect(Promise.resolve(5)).resolves.toBe(5); await expect(Promise.reject(new Error('r'))).rejects.toThrow('r'); });
  it('mocks', () => { const f = jest.fn((x) => x * 2).mockReturnValueOnce(7); expect([f(1), f(2)]).toEqual([7, 4]); expect(f).toHaveBeenCalledWith(2); expect(require('fs').readFileSync('x')).toBe('mocked'); const s = jest.spyOn(m, 'sum').mockImplementation(() => 9); expect(m.sum(1, 1)).toBe(9); s.mockRestore(); expect(m.sum(1, 1)).toBe(2); });
  it('timers', () => { jest.useFakeTimers(); const cb = jest.fn(); m.later(cb); jest.advanceTimersByTime(1000); expect(cb).toHaveBeenCalledWith('late'); jest.useRealTimers(); });
  it('snapshot', () => { expect({ b: 1, a: [null, undefined, 'q"'] }).toMatchInlineSnapshot(\`
{
  "a": [
    null,
    undefined,
    "q"",
  ],
  "b": 1,
}
\`); });
  it('fails', () => { expect({ a: 1, b: [1, 2] }).toEqual({ a: 1, b: [1, 3] }); });
  it.skip('skipped', () => {}); it.todo('to do');
});`);
    exec('jest/bin/jest.js', '--runInBand', '--no-cache', '--watchman=false', '--ci');
    fs.rmSync(path.join(dir, 'sum.test.js'));
    write('ava.test.mjs', `import test from 'ava';
test('passes', (t) => { t.plan(2); t.is(1, 1); t.deepEqual({ a: [1] }, { a: [1] }); });
test('async', async (t) => { await t.throwsAsync(async () => { throw new TypeError('x'); }, { instanceOf: TypeError }); t.regex('abc', /b/); });
test.serial('fails', (t) => { t.is(1, 2, 'differs'); });
test.skip('skipped', () => {}); test.todo('later');`);
    exec('ava/entrypoints/cli.mjs', '--tap', '--serial', 'ava.test.mjs');
  } finally { fs.rmSync(dir, { recursive: true, force: true }); }
});
