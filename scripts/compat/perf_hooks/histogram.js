// Histograms: counting, percentiles, what is refused, copies, delays of the loop.
'use strict';

const { createHistogram, monitorEventLoopDelay } = require('perf_hooks');
const { inspect } = require('util');

const t = (n, f) => { try { console.log(n, f()); } catch (e) { console.log(n, e.name, e.code, e.code && e.message); } };
const members = (C) => [C.name, Object.getOwnPropertyNames(C.prototype).join()];
for (const o of [{ lowest: 0 }, { lowest: 1, highest: 1 }, { figures: 6 }, 1, { lowest: 1n, highest: 100n, figures: 2 }]) t('create', () => createHistogram(o));
const h = createHistogram();
t('classes', () => [members(h.constructor), members(Object.getPrototypeOf(h.constructor)), h.constructor.length]);
t('empty', () => [h.minBigInt, h.maxBigInt, h.mean, h.percentile(50)]);
for (const v of [0, 'x', 1.5, 5, 10n]) t('record', () => h.record(v));
t('read', () => [h.min, h.max, h.mean, h.stddev, h.count, h.countBigInt, h.exceeds, h.percentile(50), h.percentileBigInt(99)]);
t('percentiles', () => h.percentilesBigInt);
for (const p of [0, 101, 'x']) t('percentile', () => h.percentile(p));
t('json', () => h.toJSON());
t('new', () => new h.constructor());
t('this', () => Object.getOwnPropertyDescriptor(h.constructor.prototype, 'record').value.call({}, 1));
t('add', () => h.add(1));
const copy = structuredClone(h);
copy.record(7);
t('copy', () => [h.count, copy.constructor === h.constructor]);
h.reset();
const g = createHistogram();
g.record(100);
h.add(g);
t('added', () => h);
for (let i = 1; i <= 1000; i++) h.record(i * 37 % 997 + 1);
t('many', () => [h.percentiles, h.mean, h.percentile(33.3)]);
const coarse = createHistogram({ figures: 1 });
for (let i = 1; i <= 50; i++) coarse.record(i * 1000);
t('coarse', () => coarse);
t('depth', () => inspect(h, { depth: -1 }));

for (const o of [1, { resolution: 0 }, { resolution: 'x' }]) t('delay', () => monitorEventLoopDelay(o));
const d = monitorEventLoopDelay({ resolution: 1 });
t('delay', () => [members(d.constructor), d.enable(), d.enable()]);
const wait = () => {
  if (d.count === 0) return setTimeout(wait, 1);
  t('delay', () => [d.min > 0, d.max >= d.min, d.disable(), d.disable()]);
};
wait();
