// string_decoder over split characters, in each encoding.
'use strict';

const { StringDecoder } = require('string_decoder');

for (const encoding of ['utf8', 'utf16le', 'base64', 'latin1', 'hex', 'ascii']) {
  const bytes = Buffer.from('aé€😀', encoding === 'utf16le' ? 'utf16le' : 'utf8');
  const d = new StringDecoder(encoding);
  const pieces = [...bytes].map((byte) => d.write(Buffer.from([byte])));
  console.log(encoding, pieces, JSON.stringify(d.end()), d.encoding);
}
const d = new StringDecoder();
console.log(JSON.stringify(d.write(Buffer.from([0xe2, 0x82]))), JSON.stringify(d.end()), JSON.stringify(d.write(Buffer.from([0xac]))), d.lastNeed, d.lastTotal);
console.log(JSON.stringify(d.write(Buffer.from([0xff, 0x41, 0xc3]))), JSON.stringify(d.end(Buffer.from([0xa9]))), d.write('text'));
try { new StringDecoder('nope'); } catch (err) { console.log(err.code, err.message); }
try { d.write(5); } catch (err) { console.log(err.code, err.message); }
