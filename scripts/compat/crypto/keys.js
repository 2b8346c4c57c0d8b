// Keys: what they tell of themselves, every encoding there and back, and what is refused.
const crypto = require('crypto');
const attempt = (f) => {
  try {
    return f();
  } catch (e) {
    return [e.name, e.code, e.message];
  }
};
const shape = (x) => typeof x === 'string' ? x.split('\n')[0] : Buffer.isBuffer(x) ? 'bytes' : x && x.kty ? Object.keys(x) : x;
for (const [type, options] of [['rsa', { modulusLength: 1024 }], ['rsa-pss', { modulusLength: 1024, hashAlgorithm: 'sha256', saltLength: 20 }],
  ['ec', { namedCurve: 'secp256k1' }], ['ec', { namedCurve: 'P-384' }], ['ec', { namedCurve: 'brainpoolP256r1' }], ['ed25519'], ['ed448'], ['x25519'], ['x448'],
  ['dh', { group: 'modp14' }], ['ml-dsa-44'], ['ml-kem-768']]) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync(type, options);
  console.log(type, publicKey.type, privateKey.type, publicKey.asymmetricKeyType, publicKey.asymmetricKeyDetails);
  for (const format of ['pem', 'der']) {
    const pub = publicKey.export({ type: 'spki', format });
    console.log(shape(pub), crypto.createPublicKey({ key: pub, type: 'spki', format }).equals(publicKey));
    const priv = privateKey.export({ type: 'pkcs8', format, cipher: 'aes-256-cbc', passphrase: 'secret' });
    console.log(shape(priv), crypto.createPrivateKey({ key: priv, type: 'pkcs8', format, passphrase: 'secret' }).equals(privateKey));
    console.log(attempt(() => crypto.createPrivateKey({ key: privateKey.export({ type: 'pkcs1', format }), type: 'pkcs1', format }).equals(privateKey)));
    console.log(attempt(() => crypto.createPrivateKey({ key: privateKey.export({ type: 'sec1', format }), type: 'sec1', format }).equals(privateKey)));
  }
  const jwk = attempt(() => privateKey.export({ format: 'jwk' }));
  console.log(shape(jwk), jwk.kty && crypto.createPrivateKey({ key: jwk, format: 'jwk' }).equals(privateKey));
  console.log(crypto.createPublicKey(privateKey).equals(publicKey));
}
for (const f of [() => crypto.createPrivateKey('no key'), () => crypto.createPublicKey({ key: Buffer.from('x'), format: 'der', type: 'spki' }),
  () => crypto.createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }, format: 'jwk' }), () => crypto.createSecretKey(5),
  () => crypto.generateKeyPairSync('none'), () => crypto.generateKeyPairSync('rsa'), () => crypto.generateKeySync('aes', { length: 100 })]) console.log(attempt(f));
console.log(crypto.createSecretKey(Buffer.from('abc')).export({ format: 'jwk' }), crypto.generateKeySync('hmac', { length: 64 }).symmetricKeySize);
