// What import throws: names that are missing, files that are, text that does not parse.
const here = import.meta.dirname;
const show = (text) => text.replaceAll(import.meta.url.slice(0, import.meta.url.lastIndexOf('/')), 'HERE').replaceAll(here, 'HERE');
for (const name of ['./fixtures/esm/missing-name.mjs', './fixtures/esm/missing-cjs-name.mjs', './fixtures/esm/missing-file.mjs', './fixtures/esm/throws.mjs', './fixtures/esm/throws.mjs', './fixtures/esm/syntax.mjs', './fixtures/esm/nope', './fixtures/esm', './fixtures/folder', './fixtures/esm/detected', 'nope', 'nope/sub', '@scope', 'node:nope', '#nope', './a%2fb', 'http://localhost/x.mjs', 'wss:x', './fixtures/esm/data.json', 'data:text/plain,x', '']) {
  try {
    console.log(name, await import(name));
  } catch (err) {
    console.log(name, err.name, err.code, show(err.message), Object.keys(err));
    if (err instanceof SyntaxError) console.log(show(err.stack.split('\n').slice(0, 4).join('|')).replace(/    at .*/, ''));
  }
}
for (const options of [{ with: { type: 'json' } }, { with: { type: 'css' } }, { with: { other: 'x' } }, { with: { type: 5 } }, { with: 5 }, 5]) {
  for (const name of ['./fixtures/esm/data.json', './fixtures/esm/counter.mjs']) {
    try { console.log(options, (await import(name, options)).default); } catch (err) { console.log(options, err.name, err.code, show(err.message)); }
  }
}
try { await import('./fixtures/esm/broken.json', { with: { type: 'json' } }); } catch (err) { console.log(err.name, show(err.message).split(':')[0]); }
try { await import(Symbol('s')); } catch (err) { console.log(err.name, err.message); }
