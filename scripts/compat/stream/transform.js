// Transform: _transform, _flush, errors, back-pressure, object mode on either side; PassThrough.
'use strict';

const { Transform, PassThrough } = require('stream');

const upper = new Transform({
  transform(chunk, encoding, callback) { console.log('_transform', String(chunk)); this.push('>'); callback(null, String(chunk).toUpperCase()); },
  flush(callback) { console.log('_flush'); callback(null, '!'); },
});
upper.on('data', (chunk) => console.log('data', String(chunk)));
for (const event of ['end', 'finish', 'close', 'prefinish']) upper.on(event, () => console.log(event));
upper.write('a');
upper.end('b');

const count = new Transform({ readableObjectMode: true, transform(chunk, encoding, callback) { callback(null, { size: chunk.length }); } });
count.on('data', (v) => console.log(v));
count.end('abc');

const failing = new Transform({ transform(chunk, encoding, callback) { callback(new Error('bad chunk')); } });
failing.on('error', (err) => console.log('failing', err.message));
failing.on('close', () => console.log('failing close'));
failing.write('x');

const through = new PassThrough({ highWaterMark: 3 });
console.log(through.write('abcd'), through.writableLength, through.readableLength);
console.log(through.write('efgh'), through.writableLength, through.readableLength);
through.on('drain', () => console.log('drain'));
setImmediate(() => { console.log(String(through.read())); console.log(String(through.read())); through.end(); through.on('end', () => console.log('through end')); through.resume(); });
const none = new Transform();
try { none.on('error', (e) => console.log(e.code)); none.write('x'); } catch (err) { console.log(err.code, err.message); }
