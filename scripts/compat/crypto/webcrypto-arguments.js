// What each method of SubtleCrypto says of arguments that it cannot take: conversion comes first,
// the algorithm next, the key last.
const { subtle } = crypto;
process.removeAllListeners('warning');
process.on('warning', () => {});
const bytes = (n) => new Uint8Array(n).fill(5);
const attempt = async (label, f) => {
  try {
    console.log(label, await f());
  } catch (e) {
    console.log(label, e.name, e.code, e.message, e.cause?.message ?? '');
  }
};
(async () => {
  for (const name of Object.keys(SubtleCrypto.prototype)) {
    for (const n of [0, 1, 2, 3]) await attempt(name + n, () => subtle[name](...Array(n).fill(1)));
    await attempt(`${name} this`, () => subtle[name].call({}, 1, 2, 3, 4, 5, 6, 7));
  }
  const usages = { none: [], sign: ['sign'], both: ['encrypt', 'encrypt', 'decrypt'], derive: ['deriveBits'], unknown: ['foo'], set: new Set(['sign']) };
  for (const name of ['AES-GCM', 'AES-KW', 'AES-OCB', 'ChaCha20-Poly1305', 'HMAC', 'KMAC128', 'HKDF', 'Argon2id']) {
    for (const format of ['raw', 'raw-secret', 'raw-public', 'jwk', 'spki', 'other']) {
      for (const size of [0, 5, 32]) {
        for (const [label, list] of Object.entries(usages)) {
          const data = format === 'jwk' ? { kty: 'oct', k: Buffer.from(bytes(size)).toString('base64url') } : bytes(size);
          await attempt(`${name} ${format} ${size} ${label}`, () => subtle.importKey(format, data, { name, hash: 'SHA-256' }, size === 5, list));
        }
      }
    }
  }
  const hmac = { name: 'HMAC', hash: 'SHA-1' };
  for (const algorithm of [null, 1, Symbol('s'), {}, { name: 1 }, 'hmac', { name: 'HMAC' }, { name: 'HMAC', hash: 'MD5' }, { name: 'HMAC', hash: 'SHA-9' },
    { name: 'HMAC', hash: {} }, { name: 'HMAC', hash: { name: 'sha-1' } }, { name: 'HMAC', hash: null }, { ...hmac, length: 0 }, { ...hmac, length: 9 },
    { ...hmac, length: -1 }, { ...hmac, length: 'a' }, { ...hmac, length: 1n }, { ...hmac, length: Symbol('n') }, { ...hmac, length: 128 },
    { name: 'HMAC', hash: 'SHA3-256' }, { name: 'AES-CTR', length: 1 }, { name: 'ECDH', namedCurve: 'P-1' }]) {
    await attempt('import', () => subtle.importKey('raw', bytes(16), algorithm, true, ['sign']));
    await attempt('generate', async () => (await subtle.generateKey(algorithm, true, ['sign'])).algorithm);
  }
  for (const members of [{}, { kty: 'oct' }, { kty: 'RSA' }, { k: 1 }, { key_ops: 1 }, { key_ops: ['sign', 'sign'] }, { key_ops: ['verify'] }, { key_ops: ['x', 'x', 'sign'] },
    { ext: false }, { use: 'enc' }, { alg: 'HS256' }, { alg: 'HS1' }, { k: Symbol('k') }]) {
    const key = Object.keys(members)[0] === 'kty' || !Object.keys(members).length ? members : { kty: 'oct', k: 'AAAA', ...members };
    await attempt(`jwk ${Object.keys(members)}`, () => subtle.importKey('jwk', key, hmac, true, ['sign']));
  }
  for (const key of [null, undefined, 'text', 1, bytes(3)]) await attempt('jwk', () => subtle.importKey('jwk', key, hmac, true, ['sign']));
  await attempt('kem', () => subtle.importKey('jwk', { kty: 'AKP' }, 'ML-KEM-512', true, []));
  for (const params of [{}, { iv: 1 }, { iv: bytes(16), tagLength: 5 }, { iv: bytes(12), additionalData: 'a' }, { iv: bytes(12), tagLength: 256 }]) {
    const key = await subtle.importKey('raw', bytes(16), 'AES-GCM', false, ['encrypt']);
    await attempt(`gcm ${Object.keys(params)}`, () => subtle.encrypt({ name: 'AES-GCM', ...params }, key, bytes(3)));
  }
  await attempt('random', () => crypto.getRandomValues());
  await attempt('supports', () => SubtleCrypto.supports('digest'));
  await attempt('supports', () => SubtleCrypto.supports.call(null, 'digest', 'SHA-1'));
})();
