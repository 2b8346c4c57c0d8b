// module.enableCompileCache(): its results, and that what it keeps is used.
'use strict';
const fs = require('fs');
const module_ = require('module');
const os = require('os');
const path = require('path');

const attempt = (v) => {
  try {
    console.log(module_.enableCompileCache(v));
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
};
for (const v of [5, null, { directory: 5 }, true]) attempt(v);
console.log(module_.getCompileCacheDir());
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cache-'));
process.env.NODE_DISABLE_COMPILE_CACHE = '1';
attempt(dir);
delete process.env.NODE_DISABLE_COMPILE_CACHE;
const { status, directory } = module_.enableCompileCache({ directory: dir });
console.log(status, directory === dir, path.dirname(module_.getCompileCacheDir()) === dir);
const again = module_.enableCompileCache('elsewhere');
console.log(again.status, again.directory === module_.getCompileCacheDir());
import('./fixtures/esm.mjs').then(() => {
  console.log(module_.flushCompileCache(), fs.readdirSync(module_.getCompileCacheDir()).length > 0);
  fs.rmSync(dir, { recursive: true });
});
