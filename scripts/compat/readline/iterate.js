// Lines as an async iterator, and an interface that is disposed.
'use strict';
const readline = require('readline');
const { Readable } = require('stream');
(async () => {
  const rl = readline.createInterface({ input: Readable.from(['a\nb', 'c\n', 'd']) });
  const list = [];
  for await (const line of rl) list.push(line);
  console.log(list, rl.closed);

  const early = readline.createInterface({ input: Readable.from(['a\nb\nc\n']) });
  for await (const line of early) {
    console.log(line);
    break;
  }
  console.log(early.closed, await early[Symbol.asyncIterator]().next());

  const many = readline.createInterface({ input: Readable.from(['x\n'.repeat(900)]) });
  let n = 0;
  for await (const line of many) n += line.length;
  console.log(n);

  const disposed = readline.createInterface({ input: new Readable({ read() {} }) });
  disposed[Symbol.dispose]();
  console.log(disposed.closed);
})();
