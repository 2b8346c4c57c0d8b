// Diffie-Hellman over groups, over curves and by key objects.
const crypto = require('crypto');
const a = crypto.getDiffieHellman('modp14');
const b = crypto.createDiffieHellman(a.getPrime(), a.getGenerator());
a.generateKeys();
b.generateKeys();
console.log(a.computeSecret(b.getPublicKey()).equals(b.computeSecret(a.getPublicKey())), a.verifyError, b.verifyError, a.getPrime('hex').slice(0, 40));
for (const curve of ['prime256v1', 'secp256k1', 'secp224r1', 'brainpoolP384r1']) {
  const e = crypto.createECDH(curve);
  e.setPrivateKey('17'.repeat(16), 'hex');
  console.log(curve, e.getPublicKey('hex', 'compressed'), e.computeSecret(e.getPublicKey()).toString('hex'));
  console.log(crypto.ECDH.convertKey(e.getPublicKey('hex', 'compressed'), curve, 'hex', 'hex', 'hybrid') === e.getPublicKey('hex', 'hybrid'));
}
for (const [type, options] of [['x25519'], ['x448'], ['ec', { namedCurve: 'P-256' }], ['dh', { group: 'modp14' }]]) {
  const one = crypto.generateKeyPairSync(type, options);
  const two = crypto.generateKeyPairSync(type, options);
  const secret = crypto.diffieHellman({ privateKey: one.privateKey, publicKey: two.publicKey });
  console.log(type, secret.length, secret.equals(crypto.diffieHellman({ privateKey: two.privateKey, publicKey: one.publicKey })));
}
for (const f of [() => crypto.getDiffieHellman('none'), () => crypto.createECDH('none'), () => crypto.createDiffieHellman(true),
  () => crypto.createECDH('prime256v1').getPublicKey(), () => crypto.diffieHellman({})]) {
  try {
    f();
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
}
console.log(crypto.checkPrimeSync(2n ** 127n - 1n), crypto.checkPrimeSync(2n ** 127n + 1n), crypto.generatePrimeSync(32, { safe: true, bigint: true }) > 2n ** 31n);
