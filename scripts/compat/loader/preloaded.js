// A module given with -r runs first, and shares the cache.
'use strict';

console.log('main', globalThis.preloaded, require('./fixtures/preload').count, process.execArgv, process.argv.length, require.main === module);
