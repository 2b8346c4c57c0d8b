// crypto.encapsulate and crypto.decapsulate with each kind of key, and the errors of signatures
// whose options do not suit the key.
const { createPrivateKey, createPublicKey, encapsulate, decapsulate, generateKeyPairSync, sign, verify } = require('crypto');
const b64 = (n, s) => Buffer.from(Array.from({ length: n }, (_, i) => (i * 5 + s) & 127)).toString('base64url');
const attempt = (label, f) => {
  try {
    console.log(label, f());
  } catch (e) {
    console.log(label, e.name, e.code, e.message);
  }
};
const der = (oid, seed) => createPrivateKey({ format: 'der', type: 'pkcs8',
  key: Buffer.concat([Buffer.from(`302e020100300506032b65${oid}04220420`, 'hex'), seed]) });
const x25519 = der('6e', Buffer.from(b64(32, 3), 'base64url'));
attempt('x25519', () => decapsulate(x25519, Buffer.from(b64(32, 9), 'base64url')).toString('hex'));
const p256 = createPrivateKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', d: '0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo',
  x: 'gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0', y: 'SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps' } });
attempt('P-256', () => decapsulate(p256, Buffer.concat([Buffer.from([4]), Buffer.from('808d060082c176eed3e776a4ac598cc8672c1779f974eecc9b03411ca5b9495d48b5bfc527dfce53d6ac7115237d031ccff87a0570b77350a9e503ee7305a69b', 'hex')])).toString('hex'));
for (const [type, options] of [['rsa', { modulusLength: 2048 }], ['ec', { namedCurve: 'P-256' }], ['ec', { namedCurve: 'P-384' }], ['ec', { namedCurve: 'P-521' }], ['ec', { namedCurve: 'secp256k1' }],
  ['x25519'], ['x448'], ['ed25519'], ['ml-kem-512'], ['ml-kem-1024'], ['ml-dsa-44']]) {
  const { publicKey, privateKey } = generateKeyPairSync(type, options);
  const name = `${type} ${options?.namedCurve ?? ''}`;
  attempt(name, () => {
    const { sharedKey, ciphertext } = encapsulate(publicKey);
    return [sharedKey.length, ciphertext.length, decapsulate(privateKey, ciphertext).equals(sharedKey), decapsulate(privateKey, encapsulate(privateKey).ciphertext).length];
  });
  if (type === 'ec' && options.namedCurve === 'secp256k1') continue;
  for (const n of [0, 3, 32, 65, 768]) attempt(`${name} ${n}`, () => decapsulate(privateKey, Buffer.alloc(n, 200)).length);
  attempt(`${name} public`, () => decapsulate(publicKey, Buffer.alloc(32)));
  if (/^x|kem/.test(type)) continue;
  for (const option of [{ context: Buffer.alloc(3) }, { context: Buffer.alloc(256) }, { context: 'text' }, { dsaEncoding: 'x' }, { padding: 3 }, { padding: 6, saltLength: -5 }, { padding: 99 }]) {
    for (const digest of [null, 'sha256', 'shake256']) {
      const label = `${name} ${Object.keys(option)} ${digest}`;
      let s = Buffer.alloc(64);
      attempt(`sign ${label}`, () => { s = sign(digest, Buffer.from('data'), { key: privateKey, ...option }); return s.length > 0; });
      attempt(`verify ${label}`, () => verify(digest, Buffer.from('data'), { key: publicKey, ...option }, s));
    }
  }
}
