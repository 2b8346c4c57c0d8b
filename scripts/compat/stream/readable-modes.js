// Paused, flowing, readable: the order of events and reads.
'use strict';

const { Readable } = require('stream');

function make() {
  let n = 0;
  return new Readable({
    highWaterMark: 6,
    read(size) {
      n++;
      console.log('_read', size, n);
      this.push(n <= 4 ? `${n}${n}` : null);
    },
  });
}
const r = make();
r.on('readable', () => {
  console.log('readable', r.readableLength, r.readableFlowing);
  let chunk;
  while ((chunk = r.read(3)) !== null) console.log('read', String(chunk));
});
r.on('end', () => {
  console.log('end');
  const f = make();
  f.on('data', (chunk) => console.log('data', String(chunk), f.readableFlowing));
  f.on('end', () => { console.log('end', f.readableEnded, f.readable); });
  f.on('close', () => console.log('close', f.destroyed));
  f.on('pause', () => console.log('pause'));
  f.on('resume', () => console.log('resume'));
  f.pause();
  console.log(f.isPaused(), f.readableFlowing);
  setImmediate(() => f.resume());
});
console.log(r.readableFlowing, r.readableHighWaterMark, r.readableLength);
