// module.register(): hooks in a thread of their own.

import { register } from 'node:module';
import { MessageChannel } from 'node:worker_threads';
const { port1, port2 } = new MessageChannel();
port1.on('message', (m) => { console.log('message', m); port1.close(); });
console.log(register('./fixtures/register/hooks.mjs', import.meta.url, { data: { p: 'P-', port: port2 }, transferList: [port2] }));
const t = async (s) => { try { const ns = await import(s); console.log(s, ns); } catch (e) { console.log(s, e.name, e.code, e.message, e.extra); } };
await t('virtual:a');
await t('./fixtures/register/dep.mjs');
await t('./fixtures/register/c.cjs');
await t('cjs:x');
await t('bad'); await t('throws'); await t('short'); await t('./nope.mjs'); await t('nopkg');
await t('node:path/posix');
console.log(import.meta.resolve('virtual:q'), import.meta.resolve('./zz.mjs'));
const tr = (f) => { try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); } };
tr(() => register('./nohooks.mjs', import.meta.url));
tr(() => register());
tr(() => register('data:text/javascript,export function initialize(){ throw new RangeError("init") }'));
