// Namespaces, cycles, percent-encoded URLs, what a CommonJS module exports when
// it is imported after others have changed it.
import './fixtures/details/tdz.mjs';
import './fixtures/details/counts.cjs';
import count from './fixtures/details/count.cjs';
import * as names from './fixtures/details/names.cjs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const attempt = (name, f) => {
  try {
    console.log(name, f());
  } catch (e) {
    console.log(name, e.name, e.code, e.message.replaceAll(import.meta.dirname, ''));
  }
};
console.log(count, Object.keys(names));
attempt('define', () => Object.defineProperty(names, 'plain', { value: 4 }));
attempt('define same', () => Object.defineProperty(names, 'plain', { value: 3 }) === names);
attempt('define new', () => Object.defineProperty(names, 'new', { value: 4 }));
attempt('reflect', () => [Reflect.defineProperty(names, 'plain', { value: 4 }), Reflect.defineProperty(names, 'plain', { enumerable: true })]);
attempt('half', () => require('./fixtures/details/half.cjs'));
attempt('tla', () => require('./fixtures/details/tla.mjs'));
const tla = await import('./fixtures/details/tla.mjs');
attempt('tla again', () => require('./fixtures/details/tla.mjs'));
console.log(tla === await import('./fixtures/details/%74la.mjs'), tla === await import('./fixtures/details/tla.mjs?x'));
for (const bad of ['#', '#/x', '#missing', './fixtures/details', './fixtures/details/nope', 'no-such-package', 'node:nope', './fixtures/details/a%2fb', 'http://x/y.js', '@scope', '']) {
  try {
    await import(bad);
  } catch (e) {
    console.log(bad, e.name, e.code, e.message.replaceAll(import.meta.dirname, ''));
  }
}
for (const options of [{ with: { type: 'css' } }, { with: { other: 'x' } }, { with: 1 }, 1, { with: { type: 1 } }]) {
  try {
    await import('./fixtures/details/tla.mjs', options);
  } catch (e) {
    console.log(JSON.stringify(options), e.name, e.code, e.message.replaceAll(import.meta.dirname, ''));
  }
}
