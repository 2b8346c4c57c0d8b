// UTF-16 in pieces that part characters: what waits, and how a StringDecoder prints.
'use strict';

const { StringDecoder } = require('string_decoder');

const bytes = Buffer.from('😀a😀', 'utf16le');
for (const sizes of [[1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [2, 2, 2, 2, 2], [3, 3, 4], [1, 3, 3, 3], [1, 2, 2, 2, 2, 1], [5, 5], [9, 1], [1, 9]]) {
  const decoder = new StringDecoder('utf16le');
  let at = 0;
  const out = sizes.map((n) => {
    const piece = JSON.stringify(decoder.write(bytes.subarray(at, at += n)));
    return `${piece} ${decoder.lastNeed} ${decoder.lastTotal} ${decoder.lastChar.toString('hex')}`;
  });
  console.log(sizes.join(), out.join(' | '), JSON.stringify(decoder.end()));
}
const utf8 = new StringDecoder();
utf8.write(Buffer.from([0xe2, 0x82]));
console.log(utf8, new StringDecoder('base64url'), Object.keys(utf8));
console.log(Buffer.from('ab').map((x) => x + 1), Buffer.from('ab').filter((x) => x > 97), Buffer[Symbol.species].name);
