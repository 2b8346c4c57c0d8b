// import.meta and its resolve.
console.log(Object.keys(import.meta), import.meta.main, import.meta === import.meta, Object.getPrototypeOf(import.meta));
const show = (text) => text.replace(import.meta.url.slice(0, import.meta.url.lastIndexOf('/')), 'HERE').replaceAll(import.meta.dirname, 'HERE');
for (const name of ['./nope.mjs', './', '/abs', 'fs', 'node:fs', 'node:nope', 'nope', '#nope', 'data:text/javascript,1', 'http://x/y', './a%2fb', './x?q#h']) {
  try { console.log(name, show(import.meta.resolve(name))); } catch (err) { console.log(name, err.name, err.code, show(err.message)); }
}
const other = await import('./fixtures/esm/counter.mjs?query');
console.log(other === await import('./fixtures/esm/counter.mjs'), other.count);
console.log((await import('data:text/javascript,export default [import.meta.url, import.meta.dirname, import.meta.main]')).default);
