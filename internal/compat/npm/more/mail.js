'use strict';
const { run, attempt } = require('./lib');
const nodemailer = require('nodemailer');
const { SMTPServer } = require('smtp-server');
const { Readable } = require('stream');
run(async () => {
  const got = [];
  const server = new SMTPServer({ disabledCommands: ['STARTTLS'], authOptional: true, size: 100000, logger: false,
    onAuth: (a, s, cb) => (a.username === 'u' && a.password === 'p' ? cb(null, { user: 'u' }) : cb(new Error('Invalid username or password'))),
    onRcptTo: (a, s, cb) => (a.address.startsWith('no') ? cb(Object.assign(new Error('No such user'), { responseCode: 550 })) : cb()),
    onData: (stream, s, cb) => { let t = ''; stream.on('data', (d) => { t += d; }).on('end', () => { got.push([s.envelope.mailFrom.address, s.envelope.rcptTo.map((r) => r.address), t]); cb(null, 'taken ' + got.length); }); } });
  await new Promise((r) => server.listen(0, '127.0.0.1', r));
  const { port } = server.server.address();
  const config = { host: '127.0.0.1', port, secure: false, ignoreTLS: true };
  const t = nodemailer.createTransport({ ...config, auth: { user: 'u', pass: 'p' } });
  await attempt('verify', () => t.verify());
  const mail = { from: '"Ännä" <a@x.test>', to: 'b@y.test, Bob <c@y.test>', cc: 'd@z.test', subject: 'Grüße an alle, die diese sehr lange Betreffzeile lesen möchten ✓', text: 'Hällo\n.dot line\n' + 'long '.repeat(40), html: '<b>Hällo</b><img src="cid:pic">', date: new Date(0), messageId: '<id@x.test>', headers: { 'X-Own': 'v' },
    attachments: [{ filename: 'a.txt', content: 'attached' }, { filename: 'ü.bin', content: Buffer.from([0, 1, 2, 255]), cid: 'pic' }, { filename: 's.txt', content: Readable.from(['from ', 'stream']) }, { filename: 'd.txt', path: 'data:text/plain;base64,aGVsbG8=' }] };
  await attempt('send', async () => { const i = await t.sendMail(mail); return [i.accepted, i.rejected, i.response, i.envelope, i.messageId]; });
  console.log(got[0][0], got[0][1]);
  const boundaries = [...new Set(got[0][2].match(/--_NmP-[\w-]+/g))];
  console.log(boundaries.length, got[0][2].replace(/--_NmP-[\w-]+/g, '--B'));
  await attempt('rejected', async () => { const i = await t.sendMail({ from: 'a@x.test', to: ['no@y.test', 'yes@y.test'], text: 'x' }); return [i.accepted, i.rejected, i.rejectedErrors.map((e) => [e.code, e.responseCode, e.message])]; });
  await attempt('all rejected', () => t.sendMail({ from: 'a@x.test', to: 'no@y.test', text: 'x' }).then((i) => [i.accepted, i.response]));
  await attempt('too large', () => t.sendMail({ from: 'a@x.test', to: 'b@y.test', text: 'x'.repeat(200000) }).then((i) => i.response));
  await attempt('auth', () => nodemailer.createTransport({ ...config, auth: { user: 'u', pass: 'bad' } }).sendMail({ from: 'a@x.test', to: 'b@y.test' }));
  await attempt('no recipient', () => t.sendMail({ from: 'a@x.test', text: 'x' }).then((i) => i.accepted));
  await attempt('refused', () => nodemailer.createTransport({ host: '127.0.0.1', port: 1 }).sendMail({ from: 'a@x.test', to: 'b@y.test' }));
  const pool = nodemailer.createTransport({ ...config, pool: true, maxConnections: 2, maxMessages: 3 });
  await attempt('pool', async () => (await Promise.all(Array.from({ length: 8 }, (_, i) => pool.sendMail({ from: 'a@x.test', to: `p${i}@y.test`, text: 'pooled' })))).every((i) => i.accepted.length === 1));
  pool.close();
  await attempt('json', async () => JSON.parse((await nodemailer.createTransport({ jsonTransport: true }).sendMail({ from: 'a@x.test', to: 'b@y.test', subject: 's', messageId: 'm' })).message).subject);
  await attempt('stream', async () => { const i = await nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' }).sendMail({ from: 'a@x.test', to: 'b@y.test', text: 'ü', date: new Date(0), messageId: 'm' }); return i.message.toString(); });
  await new Promise((r) => server.close(r));
});
