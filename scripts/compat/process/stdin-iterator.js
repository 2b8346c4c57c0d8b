// Reading standard input by for await.
'use strict';

(async () => {
  let size = 0;
  for await (const chunk of process.stdin) size += chunk.length;
  console.log(size);
})();
