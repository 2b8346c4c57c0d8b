// Archives and documents: made, read back, damaged.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { listen, request, run, attempt } = require('./lib');
const crypto = require('crypto');
const { Readable, PassThrough } = require('stream');
const { pipeline } = require('stream/promises');
run(async () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'case-'));
  const at = (...p) => path.join(dir, ...p);
  const all = (s) => new Promise((resolve, reject) => { const c = []; s.on('data', (d) => c.push(d)).on('end', () => resolve(Buffer.concat(c))).on('error', reject); });
  const hash = (b) => crypto.createHash('sha1').update(b).digest('hex').slice(0, 10);
  fs.mkdirSync(at('in/sub'), { recursive: true });
  fs.writeFileSync(at('in/a.txt'), 'text '.repeat(1000)); fs.writeFileSync(at('in/sub/ü.bin'), Buffer.from([0, 1, 255])); fs.writeFileSync(at('in/exe'), '#!', { mode: 0o755 });
  const mtime = new Date('2020-01-01T00:00:00Z');
  for (const f of ['in/a.txt', 'in/sub/ü.bin', 'in/exe', 'in/sub', 'in']) fs.utimesSync(at(f), mtime, mtime);
  // tar
  const tar = require('tar');
  await tar.c({ gzip: true, file: at('x.tgz'), cwd: dir, portable: true }, ['in']);
  const names = []; await tar.t({ file: at('x.tgz'), onReadEntry: (e) => names.push([e.path, e.size, e.mode.toString(8)]) });
  fs.mkdirSync(at('out')); await tar.x({ file: at('x.tgz'), cwd: at('out'), filter: (p) => !p.endsWith('exe') });
  console.log(names.sort(), fs.readdirSync(at('out/in')).sort(), fs.readFileSync(at('out/in/a.txt')).length, hash(await all(tar.c({ cwd: dir, portable: true, mtime }, ['in/a.txt']))));
  await attempt('tar corrupt', async () => { const b = fs.readFileSync(at('x.tgz')); b.fill(7, 60, 90); fs.writeFileSync(at('bad.tgz'), b); await tar.x({ file: at('bad.tgz'), cwd: at('out'), strict: true }); });
  await attempt('tar none', () => tar.t({ file: at('none.tgz') }).catch((e) => { throw Object.assign(new Error('none'), { code: e.code }); }));
  // jszip
  const JSZip = require('jszip');
  const zip = new JSZip(); zip.file('hello.txt', 'hello '.repeat(100), { date: mtime }); zip.folder('d').file('ü.bin', Buffer.from([1, 2]), { date: mtime, createFolders: false }); zip.file('s.txt', Readable.from(['stream'].map(Buffer.from)), { date: mtime });
  const bytes = await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
  const back = await JSZip.loadAsync(bytes);
  console.log(Object.keys(back.files), (await back.file('hello.txt').async('string')).length, await back.file('d/ü.bin').async('nodebuffer'), (await all(back.generateNodeStream({ streamFiles: true }))).length > 300);
  await attempt('zip', () => JSZip.loadAsync(Buffer.from('no zip')).catch((e) => { throw new Error(e.message.slice(0, 40)); }));
  await attempt('zip crc', async () => { const b = Buffer.from(bytes); b[45] ^= 255; return (await JSZip.loadAsync(b, { checkCRC32: true })).file('hello.txt').async('string'); });
  // archiver, served as a download
  const { ZipArchive, TarArchive } = require('archiver');
  const archiver = require('archiver');
  const make = (kind, o) => (typeof archiver === 'function' ? archiver(kind, o) : new (kind === 'zip' ? ZipArchive : TarArchive)(o));
  const s = await listen((req, res) => { const a = make(req.url.slice(1), req.url === '/tar' ? { gzip: true } : { zlib: { level: 9 } }); a.on('error', (e) => console.log('archive', e.code)); a.pipe(res); a.append('one', { name: 'one.txt', date: mtime }); a.append(Readable.from([Buffer.from('two')]), { name: 'dir/two.txt', date: mtime }); a.file(at('in/a.txt'), { name: 'a.txt' }); a.directory(at('in/sub'), 'sub'); a.finalize(); });
  const z = await JSZip.loadAsync((await request(s.port, '/zip')).raw);
  console.log(Object.keys(z.files).sort(), await z.file('dir/two.txt').async('string'));
  fs.writeFileSync(at('d.tgz'), (await request(s.port, '/tar')).raw);
  const listed = []; await tar.t({ file: at('d.tgz'), onReadEntry: (e) => listed.push(e.path) }); console.log(listed.sort());
  await s.close();
  // pdfkit, exceljs
  const PDF = require('pdfkit');
  const doc = new PDF({ compress: false, info: { CreationDate: mtime, Title: 'T' } });
  doc.fontSize(20).text('Hello pdf ü', 100, 100).moveTo(0, 0).lineTo(50, 50).stroke('red').addPage().font('Times-Roman').text('wrapped '.repeat(60), { width: 200, align: 'justify', link: 'http://x' }).circle(100, 400, 20).fill('#00f');
  doc.end();
  const pdf = await all(doc); console.log(pdf.length, pdf.subarray(0, 8), (pdf.toString('latin1').match(/\/Type \/Page\b/g) || []).length);
  const Excel = require('exceljs');
  const wb = new Excel.Workbook(); const ws = wb.addWorksheet('Sheet ü'); ws.columns = [{ header: 'A', key: 'a', width: 10 }, { header: 'B', key: 'b' }];
  ws.addRow({ a: 1, b: 'x' }); ws.addRow([2, mtime]); ws.getCell('C1').value = { formula: 'SUM(A2:A3)', result: 3 }; ws.getCell('A1').font = { bold: true }; ws.mergeCells('D1:E2');
  const x = await wb.xlsx.writeBuffer(); const wb2 = new Excel.Workbook(); await wb2.xlsx.load(x);
  const ws2 = wb2.getWorksheet('Sheet ü'); const rows = []; ws2.eachRow((r, i) => rows.push([i, r.values])); console.log(rows, ws2.getCell('A1').font, ws2.getCell('C1').result);
  console.log((await wb.csv.writeBuffer()).toString(), (await wb2.csv.read(Readable.from(['p,q\n1,2']))).rowCount);
  await attempt('xlsx', () => new Excel.Workbook().xlsx.load(Buffer.from('nope')).catch((e) => { throw new Error(e.message.slice(0, 30)); }));
  // protobufjs
  const protobuf = require('protobufjs');
  const T = protobuf.parse('syntax = "proto3"; package p; enum E { A = 0; B = 5; } message M { int32 n = 1; repeated string s = 2; map<string, Sub> m = 3; E e = 4; oneof o { bytes b = 5; double d = 6; } int64 big = 7; message Sub { bool t = 1; sint32 z = 2; } }').root.lookupType('p.M');
  const msg = { n: -1, s: ['a', 'ü'], m: { k: { t: true, z: -5 } }, e: 5, b: Buffer.from([1, 2]), big: '9007199254740993' };
  const enc = T.encode(T.fromObject(msg)).finish(); console.log(Buffer.from(enc).toString('hex'), T.toObject(T.decode(enc), { longs: String, enums: String, bytes: String, defaults: false }), T.verify({ n: 'x' }));
  await attempt('protobuf', () => T.decode(enc.slice(0, 5)).constructor && 0);
  await attempt('proto', () => protobuf.parse('message { }'));
  fs.rmSync(dir, { recursive: true });
});
