'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');
const { run, attempt } = require('./lib');
run(async () => {
  const dir = fs.mkdtempSync(path.join(__dirname, 'case-'));
  const write = (n, s) => { const f = path.join(dir, n); fs.writeFileSync(f, s); return f; };
  const exec = (args) => {
    const r = spawnSync(process.execPath, args, { cwd: dir, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } });
    console.log(r.status, (r.stdout + r.stderr).replaceAll(dir, 'DIR').replace(/\(?\d+(\.\d+)?m?s\)?/g, 'Nms').replace(/\n +at .*/g, '').replace(/\(node:\d+\)/g, '(node)').replace(/at: \S+ \(/g, 'at: ('));
  };
  const mocha = path.join(path.dirname(require.resolve('mocha/package.json')), 'bin', 'mocha.js');
  write('suite.js', `const { expect, assert } = require('chai');
describe('outer', function () {
  const order = [];
  before(() => order.push('before')); after(() => { if (order.length !== 9) throw new Error('order ' + order); });
  beforeEach(() => order.push('each')); afterEach(async () => { await null; order.push('after each'); });
  it('passes', () => expect({ a: [1, { b: 2 }] }).to.deep.equal({ a: [1, { b: 2 }] }));
  it('fails with a diff', () => expect({ a: 1, b: [1, 2] }).to.deep.equal({ a: 1, b: [1, 3] }));
  it('calls back', (done) => setTimeout(done, 2));
  it('rejects', async () => { throw new TypeError('rejected'); });
  it('is pending');
  it.skip('is skipped', () => {});
  describe('inner', () => { it('times out', function (done) { this.timeout(20); this._done = done; }); });
});
describe('chai', () => {
  it('messages', () => { for (const f of [() => expect('x').to.be.a('number'), () => expect([1, 2]).to.include(3), () => expect(() => {}).to.throw(Error), () => assert.strictEqual(1, 2, 'told'), () => expect({ a: 1 }).to.have.property('b'), () => expect(5).to.be.within(1, 3)]) { try { f(); } catch (e) { console.log(e.name, e.message); } } });
  it('uncaught', (done) => setTimeout(() => { throw new Error('uncaught one'); }, 1));
  it('done twice', (done) => { done(); done(new Error('second')); });
});`);
  exec([mocha, 'suite.js']);
  exec([mocha, '--reporter', 'tap', '--grep', 'passes|calls', 'suite.js']);
  exec([mocha, '--reporter', 'dot', '--bail', 'suite.js']);
  write('esm.mjs', `import { expect } from 'chai'; describe('esm', () => { it('works', async () => { const x = await import('node:fs'); expect(x.readFileSync).to.be.a('function'); }); });`);
  exec([mocha, '--reporter', 'json', 'esm.mjs'].slice(0, 1).concat(['--reporter', 'min', 'esm.mjs']));
  write('tape.js', `const test = require('tape');
test('one', (t) => { t.plan(3); t.equal(1, 1); t.deepEqual({ a: [1] }, { a: [1] }, 'deep'); setTimeout(() => t.pass('later'), 2); });
test('two', (t) => { t.equal(1, 2, 'differs'); t.throws(() => { throw new Error('x'); }, /x/); t.comment('said'); t.end(); });
test('three', async (t) => { await null; t.ok(true); t.test('sub', (s) => { s.notOk(false); s.end(); }); });
test.skip('skipped', (t) => t.fail());
test('four', { timeout: 20 }, (t) => {});
test('five', (t) => { t.plan(2); t.pass(); t.end(); });
test('error', async () => { throw new Error('thrown in async'); });`);
  exec(['tape.js']);
  fs.rmSync(dir, { recursive: true });
});
