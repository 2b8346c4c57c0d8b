// Readable's map, filter, take, toArray and the rest.
'use strict';

const { Readable } = require('stream');

(async () => {
  const from = () => Readable.from([1, 2, 3, 4, 5]);
  console.log(await from().map((x) => x * 2).toArray());
  console.log(await from().filter((x) => x % 2).toArray());
  console.log(await from().take(2).toArray(), await from().drop(3).toArray());
  console.log(await from().flatMap((x) => [x, x]).take(4).toArray());
  console.log(await from().reduce((a, b) => a + b), await from().reduce((a, b) => a + b, 100));
  console.log(await from().some((x) => x > 4), await from().every((x) => x > 4), await from().find((x) => x > 2));
  await from().forEach((x) => { if (x === 5) console.log('forEach', x); });
  try { await from().map(5).toArray(); } catch (err) { console.log(err.code, err.message); }
  console.log(await from().map((x) => { if (x === 3) throw new Error('three'); return x; }).toArray().catch((err) => err.message));
})();
