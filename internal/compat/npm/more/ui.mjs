// React, Vue and Svelte on the server.
import http from 'node:http';
import React, { useState, useMemo, Suspense, createElement as h, createContext, useContext, use, lazy, useId } from 'react';
import { renderToString, renderToStaticMarkup, renderToPipeableStream, renderToReadableStream } from 'react-dom/server';
import { createSSRApp, h as v, ref, computed, defineComponent, onServerPrefetch, Teleport } from 'vue';
import { renderToString as vueToString, renderToNodeStream, renderToWebStream } from '@vue/server-renderer';
import { compile, preprocess, parse } from 'svelte/compiler';
import { createStore, combineReducers, applyMiddleware } from 'redux';
import { produce, enableMapSet, produceWithPatches, enablePatches } from 'immer';
import lib from './lib.js';
const { listen, request, show, run, attempt } = lib;
run(async () => {
  const Theme = createContext('light');
  const Item = ({ n }) => h('li', { className: useContext(Theme), key: n, style: { marginTop: n, '--x': 1 }, 'data-n': n }, `<${n}>`, n % 2 === 0 && 'even');
  const App = ({ list }) => { const [c] = useState(() => list.length); const total = useMemo(() => list.reduce((a, b) => a + b, 0), [list]); const id = useId(); return h(Theme.Provider, { value: 'dark' }, h('h1', { id, onClick() {} }, c, ' ', total), h('ul', null, list.map((n) => h(Item, { n, key: n }))), h('input', { defaultValue: 'a"b', disabled: true }), h('p', { dangerouslySetInnerHTML: { __html: '<b>raw</b>' } })); };
  console.log(renderToString(h(App, { list: [1, 2, 3] })));
  console.log(renderToStaticMarkup(h(React.Fragment, null, h('br'), null, false, ['x', 5], h('svg', { viewBox: '0 0 1 1' }))));
  await attempt('react error', () => renderToString(h(() => { throw new TypeError('in component'); })));
  await attempt('react child', () => { try { renderToString(h('p', null, { a: 1 })); } catch (e) { throw new Error(e.message.split('\n')[0].slice(0, 60)); } });
  const wait = new Map();
  const Slow = ({ k, ms }) => { if (!wait.has(k)) wait.set(k, new Promise((r) => setTimeout(() => r('data ' + k), ms))); return h('b', null, use(wait.get(k))); };
  const Lazy = lazy(async () => ({ default: () => h('i', null, 'lazy') }));
  const s = await listen((req, res) => {
    const page = h('html', null, h('body', null, h(Suspense, { fallback: 'loading' }, h(Slow, { k: req.url + 1, ms: 10 })), h(Suspense, { fallback: '…' }, h(Lazy)), req.url === '/fail' && h(Suspense, { fallback: 'failed' }, h(() => { throw new Error('inner'); }))));
    const { pipe } = renderToPipeableStream(page, { [req.url === '/all' ? 'onAllReady' : 'onShellReady']() { res.setHeader('content-type', 'text/html'); pipe(res); }, onError(e) { console.log('onError', e.message); } });
  });
  for (const p of ['/all', '/shell', '/fail']) { const r = await request(s.port, p); console.log(p, r.status, r.text.replace(/<script.*?<\/script>/g, '<script/>')); }
  await s.close();
  console.log(await new Response(await renderToReadableStream(h('p', null, h(Suspense, { fallback: 'f' }, h(Slow, { k: 'web', ms: 1 })))).then(async (st) => { await st.allReady; return st; })).text());
  const Child = defineComponent({ props: { n: { type: Number, required: true } }, setup(props, { slots }) { const d = computed(() => props.n * 2); return () => v('span', { class: ['a', { b: props.n > 1 }], style: { color: 'red' } }, [d.value, slots.default?.()]); } });
  const make = () => createSSRApp({ components: { Child }, data: () => ({ list: [1, 2], t: '<t>', html: '<b>x</b>' }), template: '<div id="x" :title="t"><Child v-for="n in list" :key="n" :n="n">slot {{ n }}</Child><p v-if="list.length > 5">no</p><p v-else v-html="html"></p><input v-model="t"><Later/></div>' }).component('Later', { setup() { const x = ref('before'); onServerPrefetch(async () => { await null; x.value = 'prefetched'; }); return () => v('em', x.value); } });
  console.log(await vueToString(make()));
  let t = ''; for await (const d of renderToNodeStream(make())) t += d; console.log(t === await vueToString(make()), (await new Response(renderToWebStream(make())).text()).length);
  await attempt('vue error', () => vueToString(createSSRApp({ render() { throw new Error('vue failed'); } })));
  const { js, warnings } = compile('<script>let { name = "x", list = [] } = $props(); let n = $state(1); let d = $derived(n * 2);</script>\n{#each list as item, i (item)}<li class:odd={i % 2}>{item} {@html name}</li>{:else}none{/each}\n{#if d > 1}<b on:click={() => n++}>{d}</b>{/if}\n<style>li { color: red }</style>', { generate: 'server', name: 'C', filename: 'C.svelte' });
  console.log(js.code, warnings.length);
  const client = compile('<script>let n = $state(0);</script><button onclick={() => n++}>{n}</button>', { generate: 'client', filename: 'B.svelte' });
  console.log(client.js.code.length, parse('<p>{x}</p>', { modern: true }).fragment.nodes[0].name, (await preprocess('<style>x</style>', { style: ({ content }) => ({ code: content.toUpperCase() }) })).code);
  await attempt('svelte error', () => { try { compile('{#if x}', {}); } catch (e) { throw Object.assign(new Error(e.message.split('\n')[0]), { code: e.code, name: e.name }); } });
  const store = createStore(combineReducers({ n: (x = 0, a) => (a.type === 'add' ? x + a.by : x), log: (x = [], a) => [...x, a.type].slice(-2) }), applyMiddleware(({ getState }) => (next) => (a) => (typeof a === 'function' ? a(getState) : next(a))));
  const heard = []; const off = store.subscribe(() => heard.push(store.getState().n)); store.dispatch({ type: 'add', by: 2 }); store.dispatch({ type: 'add', by: 3 }); off(); store.dispatch({ type: 'add', by: 1 });
  console.log(heard, store.getState(), store.dispatch((g) => g().n));
  await attempt('redux', () => store.dispatch({}));
  enableMapSet(); enablePatches();
  const base = { a: [1, { b: 2 }], m: new Map([['k', { v: 1 }]]), s: new Set([1]), same: {} };
  const next = produce(base, (d) => { d.a[1].b = 3; d.a.push(4); d.m.get('k').v = 2; d.s.add(2); delete d.none; });
  console.log(next, base, next.same === base.same, Object.isFrozen(next.a), produceWithPatches({ x: 1, y: [1] }, (d) => { d.x = 2; d.y.push(3); })[1]);
  await attempt('immer', () => { next.a.push(1); });
});
