// Signatures of every kind of key: their length, that they hold, and that others do not.
const crypto = require('crypto');
const data = Buffer.from('signed');
const attempt = (f) => {
  try {
    return f();
  } catch (e) {
    return [e.name, e.code, e.message];
  }
};
const pair = (type, options) => crypto.generateKeyPairSync(type, options);
const rsa = pair('rsa', { modulusLength: 1024 });
const { constants } = crypto;
for (const [name, keys, digest, options] of [
  ['rsa', rsa, 'sha256', {}], ['pss', rsa, 'sha256', { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 11 }],
  ['pss longest', rsa, 'sha384', { padding: constants.RSA_PKCS1_PSS_PADDING }],
  ['secp256k1', pair('ec', { namedCurve: 'secp256k1' }), 'sha256', { dsaEncoding: 'ieee-p1363' }],
  ['P-521', pair('ec', { namedCurve: 'P-521' }), 'sha512', { dsaEncoding: 'ieee-p1363' }],
  ['ed25519', pair('ed25519'), null, {}], ['ed448', pair('ed448'), null, {}], ['ml-dsa-65', pair('ml-dsa-65'), null, {}],
]) {
  const sig = crypto.sign(digest, data, { key: keys.privateKey, ...options });
  console.log(name, sig.length, crypto.verify(digest, data, { key: keys.publicKey, ...options }, sig),
    crypto.verify(digest, Buffer.from('other'), { key: keys.publicKey, ...options }, sig));
  if (digest) {
    const again = crypto.createSign(digest).update(data).sign({ key: keys.privateKey, ...options }, 'hex');
    console.log(crypto.createVerify(digest).update(data).verify({ key: keys.publicKey, ...options }, again, 'hex'));
  }
}
console.log(attempt(() => crypto.sign('none', data, rsa.privateKey)));
console.log(attempt(() => crypto.sign('sha256', data, rsa.publicKey)));
console.log(attempt(() => crypto.sign('sha256', data)));
console.log(attempt(() => crypto.sign('sha512', data, { key: rsa.privateKey, padding: 6, saltLength: 100 })));
const secret = crypto.publicEncrypt(rsa.publicKey, data);
console.log(secret.length, crypto.privateDecrypt(rsa.privateKey, secret).toString());
console.log(crypto.publicDecrypt(rsa.publicKey, crypto.privateEncrypt(rsa.privateKey, data)).toString());
console.log(attempt(() => crypto.privateDecrypt(rsa.privateKey, Buffer.alloc(128, 1))));
console.log(attempt(() => crypto.publicEncrypt(rsa.publicKey, Buffer.alloc(200))));
crypto.sign('sha256', data, rsa.privateKey, (err, sig) => crypto.verify('sha256', data, rsa.publicKey, sig, (err2, ok) => console.log(err, err2, ok)));
