// Blob: parts, slice, text, arrayBuffer, stream.
'use strict';

const { Blob } = require('buffer');

(async () => {
  const blob = new Blob(['héllo ', Buffer.from('world'), new Blob(['!'])], { type: 'Text/Plain' });
  console.log(blob.size, blob.type, await blob.text(), (await blob.slice(1, 4).arrayBuffer()).byteLength, await blob.slice(-1).text());
  console.log(blob, Object.prototype.toString.call(blob), blob instanceof globalThis.Blob);
  try { new Blob('x'); } catch (err) { console.log(err.name, err.code); }
})();
