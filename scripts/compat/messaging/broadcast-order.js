// Several channels of one name: what waits for one is delivered before the next
// one made.
'use strict';
const channels = ['a', 'b', 'c'].map((name) => {
  const c = new BroadcastChannel('order');
  c.onmessage = (e) => console.log(name, e.data);
  return c;
});
const [a, b, c] = channels;
a.postMessage('from a');
c.postMessage('from c');
b.postMessage('from b');
setTimeout(() => { for (const x of channels) x.close(); }, 50);
