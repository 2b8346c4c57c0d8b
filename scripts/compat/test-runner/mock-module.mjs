// mock.module() for built-in, CommonJS, JSON and ECMAScript modules.
import { mock, test } from 'node:test';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
console.log(typeof mock.module);
const attempt = async (name, f) => {
  try {
    console.log(name, await f());
  } catch (e) {
    console.log(name, e.name, e.code, e.message);
  }
};
await attempt('specifier', () => mock.module(5));
await attempt('options', () => mock.module('fs', null));
await attempt('cache', () => mock.module('fs', { cache: 5 }));
await attempt('names', () => mock.module('fs', { namedExports: 5 }));
await attempt('missing', () => mock.module('./fixtures/mocked/none.mjs'));

for (const cache of [false, true]) {
  for (const specifier of ['readline', './fixtures/mocked/plain.cjs', './fixtures/mocked/esm.mjs']) {
    const m = mock.module(specifier, { cache, defaultExport: { d: 1 }, namedExports: { value: 'mocked' } });
    const [one, two] = [require(specifier), require(specifier)];
    const [first, second] = [await import(specifier), await import(specifier)];
    console.log(specifier, cache, one, one === two, first, first === second);
    await attempt('again', () => mock.module(specifier, {}));
    m.restore();
    console.log(require(specifier).value, (await import(specifier)).value);
  }
}
mock.module('./fixtures/mocked/data.json', { defaultExport: { value: 'mocked' } });
console.log((await import('./fixtures/mocked/data.json', { with: { type: 'json' } })).default);
await attempt('json', () => import('./fixtures/mocked/data.json'));
mock.module('node:os', { defaultExport: null, namedExports: { a: 1 } });
await attempt('bad default', () => require('os'));
await attempt('bad default', () => import('os'));
mock.reset();
console.log(typeof require('os').cpus);
test('restored with the test', async (t) => {
  t.mock.module('node:os', { namedExports: { a: 1 } });
  console.log(Object.keys(await import('node:os')));
});
