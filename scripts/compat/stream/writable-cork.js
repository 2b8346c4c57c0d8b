// cork, uncork, _writev and its chunks; end uncorks.
'use strict';

const { Writable } = require('stream');

const w = new Writable({
  write(chunk, encoding, callback) { console.log('_write', String(chunk)); callback(); },
  writev(chunks, callback) { console.log('_writev', chunks.map((c) => `${c.chunk} ${c.encoding}`)); setImmediate(callback); },
});
w.cork();
w.write('a');
w.cork();
w.write('b', 'latin1');
w.write(Buffer.from('c'));
console.log(w.writableCorked, w.writableLength);
w.uncork();
console.log('one uncork');
w.uncork();
console.log('two uncorks');
w.write('d');
w.write('e');
w.write('f', () => {
  w.cork();
  w.write('g');
  w.write('h');
  w.end('i', () => console.log('end'));
});
w.on('finish', () => console.log('finish'));

const strings = new Writable({ decodeStrings: false, defaultEncoding: 'latin1', write(chunk, encoding, callback) { console.log(typeof chunk, encoding); callback(); } });
strings.write('x');
strings.write('y', 'utf8');
strings.setDefaultEncoding('hex');
strings.write('ff');
try { strings.setDefaultEncoding('nope'); } catch (err) { console.log(err.code, err.message); }
