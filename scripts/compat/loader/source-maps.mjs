// Stacks and findSourceMap with --enable-source-maps.
import { createRequire, findSourceMap, getSourceMapsSupport } from 'node:module';
import * as esm from './fixtures/maps/shape.mjs';

const require = createRequire(import.meta.url);
const cjs = require('./fixtures/maps/shape.cjs');
require('./fixtures/maps/none.cjs');
console.log(process.sourceMapsEnabled, getSourceMapsSupport());
const first = (f) => {
  try {
    f({ name: 'circle' });
  } catch (e) {
    return e.stack.split('\n').slice(0, 2).join('\n').replace('<anonymous> ', '');
  }
};
console.log(first(cjs.fail));
console.log(first(esm.fail));
const map = findSourceMap(require.resolve('./fixtures/maps/shape.cjs'));
console.log(map.findEntry(1, 8), map.findOrigin(2, 9), map.payload.sources, map.lineLengths.slice(0, 3));
console.log(findSourceMap(require.resolve('./fixtures/maps/none.cjs')), findSourceMap('nowhere'));
console.log(findSourceMap(new URL('./fixtures/maps/shape.mjs', import.meta.url).href)?.payload.sources);
process.setSourceMapsEnabled(false);
console.log(process.sourceMapsEnabled, first(esm.fail));
process.setSourceMapsEnabled(true);
Error.prepareStackTrace = (e, sites) => `own ${sites[0].getLineNumber()}`;
console.log(first(cjs.fail));
Error.prepareStackTrace = undefined;
cjs.fail({ name: 'square' });
