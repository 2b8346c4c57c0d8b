// Marks, measures, observers: what is refused, and what entries look like.
'use strict';

const ph = require('perf_hooks');
const { performance, PerformanceObserver } = ph;
const { inspect } = require('util');

const t = (n, f) => { try { console.log(n, f()); } catch (e) { console.log(n, e.name, e.code, e.code && e.message); } };
console.log(Object.keys(ph), ph.constants);
for (const name of Object.keys(ph).filter((k) => k.startsWith('Performance'))) {
  const C = ph[name];
  console.log(name, C.length, Object.getPrototypeOf(C).name, Object.getOwnPropertyNames(C.prototype).map((k) => {
    const d = Object.getOwnPropertyDescriptor(C.prototype, k);
    return k + (d.enumerable ? '+' : '-') + (d.get ? 'get' : typeof d.value === 'function' ? d.value.length : '');
  }).join(' '));
  if (name !== 'PerformanceMark') t(name, () => new C());
}
t('json', () => Object.keys(performance.toJSON()));
t('timing', () => [Object.keys(performance.nodeTiming), Object.keys(performance.nodeTiming.toJSON())]);
t('now', () => performance.now.call({}));
t('entries', () => performance.getEntries.call({}));

for (const args of [[], ['a', { startTime: 1, detail: { x: 1 } }], ['a', { startTime: -1 }], ['a', { startTime: 'x' }], [Symbol('s')], ['nodeStart'], ['a', 1]]) {
  t('mark', () => performance.mark(...args));
}
t('new', () => new ph.PerformanceMark('x', { startTime: 3 }).toJSON());
t('new', () => new ph.PerformanceMark());
for (const args of [
  [], ['m', 'zz'], ['m', { start: 1, end: 5 }], ['m', { start: 1, end: 5, duration: 3 }], ['m', { start: 1, duration: 3, detail: 'd' }], ['m', { end: 10, duration: 3 }],
  ['m', { start: 1 }, 'a'], ['m', 1, 5], [1], ['m', { start: -1, end: 3 }], ['m', { start: 'a', end: 4 }],
]) t('measure', () => performance.measure(...args));
t('all', () => performance.getEntries().map((e) => [e.name, e.startTime, e.duration].join()));
for (const m of ['getEntriesByName', 'getEntriesByType', 'setResourceTimingBufferSize']) t(m, () => performance[m]());
t('by name', () => performance.getEntriesByName('a', 'mark').length);
t('timerify', () => performance.timerify(1));
t('timerify', () => performance.timerify(() => {}, { histogram: 1 }));
t('timerify', () => { const f = performance.timerify(function foo(a, b) { return a + b; }); return [f.name, f.length, f(1, 2)]; });
t('utilization', () => performance.eventLoopUtilization({ idle: 1, active: 1, utilization: 1 }, { idle: 0, active: 0, utilization: 0 }));
t('observer', () => new PerformanceObserver());
for (const o of [undefined, {}, { entryTypes: 'x' }, { entryTypes: ['x'] }, { type: 'x' }, 1, { entryTypes: ['mark'], type: 'mark' }]) {
  t('observe', () => new PerformanceObserver(() => {}).observe(o));
}
t('modes', () => { const o = new PerformanceObserver(() => {}); o.observe({ type: 'mark' }); o.observe({ entryTypes: ['mark'] }); });
t('modes', () => { const o = new PerformanceObserver(() => {}); o.observe({ entryTypes: ['mark'] }); o.observe({ type: 'mark' }); });
t('types', () => [PerformanceObserver.supportedEntryTypes, Object.isFrozen(PerformanceObserver.supportedEntryTypes)]);
t('shown', () => [new PerformanceObserver(() => {}), inspect(performance.getEntries()[0], { depth: -1 })]);
performance.clearMarks('a');
performance.clearMeasures();
t('cleared', () => performance.getEntries().length);

const ob = new PerformanceObserver((list, self) => {
  console.log('observed', self === ob, list.getEntries().map((e) => [e.name, e.entryType, e.detail, e.constructor.name]), list.getEntriesByName('q').length, list.getEntriesByType('mark').length);
  ob.disconnect();
  const late = new PerformanceObserver((l) => console.log('buffered', l.getEntries().map((e) => e.name)));
  late.observe({ type: 'mark', buffered: true });
  console.log(late.takeRecords().length);
  late.observe({ type: 'mark', buffered: true });
});
ob.observe({ entryTypes: ['mark', 'measure', 'function'] });
performance.mark('q', { startTime: 1 });
performance.measure('qq', { start: 'q', end: 2 });
performance.timerify(function ff() {})(1, 2);
console.log('sync');
