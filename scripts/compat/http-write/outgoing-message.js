// OutgoingMessage and ServerResponse without a socket: state, buffering, inspection of members.
'use strict';

const http = require('http');

const out = new http.OutgoingMessage();
console.log(out.writable, out.destroyed, out.finished, out.headersSent, out.sendDate, out.shouldKeepAlive, out.chunkedEncoding,
            out.writableHighWaterMark, out.socket, out.connection, out.writableCorked);
out.setHeader('A', 'b');
console.log(out.getHeaders(), out._headers === undefined, out.outputData.length);
try { out.write('x'); } catch (err) { console.log(err.code, err.message); }
try { out._implicitHeader(); } catch (err) { console.log(err.code, err.message); }

const res = new http.ServerResponse({ method: 'GET', httpVersionMajor: 1, httpVersionMinor: 1 });
res.sendDate = false;
res.setHeader('X', 'y');
console.log(res.write('abc'), res.writableLength, res.headersSent, res.statusCode, res.statusMessage);
console.log(JSON.stringify(res._header), res.outputData.map((o) => o.data));
res.end('d');
console.log(res.writableEnded, res.finished, res.writableFinished, res.outputSize);

const chunks = [];
const { Writable } = require('stream');
const sink = new Writable({ write(chunk, encoding, callback) { chunks.push(String(chunk)); callback(); } });
const second = new http.ServerResponse({ method: 'GET', httpVersionMajor: 1, httpVersionMinor: 1 });
second.sendDate = false;
second.assignSocket(sink);
try { second.assignSocket(sink); } catch (err) { console.log(err.code); }
second.on('finish', () => { second.detachSocket(sink); console.log(chunks.join('|'), second.socket); });
second.end('body');
