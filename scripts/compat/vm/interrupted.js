// What an ended script leaves behind: async functions, generators and modules
// that were under way when the time was over.
'use strict';
const vm = require('vm');

async function main() {
  try {
    await 1;
    vm.runInThisContext('(async () => { for (;;); })()', { timeout: 20 });
  } catch (e) {
    console.log(e.code);
  } finally {
    console.log('finally');
  }
  const scripts = ['function* g() { for (;;); } for (const x of g());', 'try { for (;;); } catch {} finally { seen = 1 }', '[1].map(() => { for (;;); })'];
  for (const text of scripts) {
    const context = vm.createContext({});
    try {
      vm.runInContext(text, context, { timeout: 20 });
    } catch (e) {
      console.log(e.code, Object.keys(context));
    }
  }
  try { null.x; } catch (e) { console.log(e.name); }
  await 2;
  console.log('done');
}
main();
