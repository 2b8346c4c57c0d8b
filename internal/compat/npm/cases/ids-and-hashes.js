'use strict';
const { run, attempt } = require('./lib');
run(async () => {
  const uuid = require('uuid');
  const bcrypt = require('bcryptjs');
  const jwt = require('jsonwebtoken');
  const crypto = require('crypto');
  console.log(uuid.v5('hello', uuid.v5.DNS), uuid.v3('hello', uuid.v3.URL), uuid.NIL, uuid.MAX);
  for (const v of [uuid.v1(), uuid.v4(), uuid.v6(), uuid.v7()]) console.log(uuid.validate(v), uuid.version(v), v.length, uuid.stringify(uuid.parse(v)) === v);
  console.log(uuid.v4({ random: new Uint8Array(16).fill(7) }), new Set(Array.from({ length: 1000 }, () => uuid.v4())).size, uuid.v1ToV6('92f62d9e-22c4-11ef-97e9-325096b39f47'));
  await attempt('parse', () => uuid.parse('nonsense'));
  await attempt('v5', () => uuid.v5('x', 'bad'));
  const salt = '$2b$04$abcdefghijklmnopqrstuu';
  const hash = bcrypt.hashSync('pässword', salt);
  console.log(hash, bcrypt.compareSync('pässword', hash), bcrypt.compareSync('password', hash), bcrypt.getRounds(hash), bcrypt.getSalt(hash));
  const h2 = await bcrypt.hash('secret', 4);
  console.log(h2.length, h2.slice(0, 7), await bcrypt.compare('secret', h2), await bcrypt.compare('other', h2));
  await attempt('rounds', () => bcrypt.hashSync('x', '$2b$99$abcdefghijklmnopqrstuu'));
  await attempt('type', () => bcrypt.hash(5, 4));
  const payload = { sub: '1', admin: true, iat: 1700000000 };
  for (const algorithm of ['HS256', 'HS384', 'HS512']) {
    const t = jwt.sign(payload, 'secret', { algorithm, header: { kid: 'k' } });
    console.log(t, jwt.verify(t, 'secret', { algorithms: [algorithm] }));
  }
  const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
  for (const [algorithm, k] of [['RS256', rsa], ['PS256', rsa], ['RS512', rsa], ['ES256', ec]]) {
    const t = jwt.sign(payload, k.privateKey.export({ type: 'pkcs8', format: 'pem' }), { algorithm, expiresIn: '1000y' });
    console.log(algorithm, jwt.verify(t, k.publicKey).sub, jwt.decode(t, { complete: true }).header);
    await attempt('tampered', () => jwt.verify(t.slice(0, -8) + 'AAAAAAAA', k.publicKey));
  }
  const t = jwt.sign({ ...payload, exp: 1700000010, nbf: 1700000000, aud: 'a', iss: 'i' }, 'secret');
  await attempt('expired', () => jwt.verify(t, 'secret'));
  await attempt('clock', () => jwt.verify(t, 'secret', { clockTimestamp: 1700000005, audience: 'a', issuer: 'i' }));
  await attempt('audience', () => jwt.verify(t, 'secret', { clockTimestamp: 1700000005, audience: 'b' }));
  await attempt('early', () => jwt.verify(t, 'secret', { clockTimestamp: 1600000000 }));
  await attempt('signature', () => jwt.verify(t, 'wrong', { clockTimestamp: 1700000005 }));
  await attempt('malformed', () => jwt.verify('a.b', 'x'));
  await attempt('algorithm', () => jwt.verify(t, 'secret', { algorithms: ['HS512'] }));
  await attempt('none', () => jwt.verify(jwt.sign(payload, '', { algorithm: 'none' }), 'x'));
  await attempt('weak key', () => jwt.sign(payload, 'short', { algorithm: 'RS256' }));
  await attempt('async', () => new Promise((resolve, reject) => jwt.sign(payload, 'secret', (e, x) => (e ? reject(e) : jwt.verify(x, 'secret', (e2, p) => (e2 ? reject(e2) : resolve(p)))))));
});
