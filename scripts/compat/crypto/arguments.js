// Arguments that the functions of node:crypto cannot take, and the order in which they are looked
// at; named groups and curves in other spellings; a copied certificate.
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const { inspect } = require('util');
const attempt = (name, args) => {
  try {
    const r = crypto[name](...args);
    console.log(name, inspect(args), r?.constructor?.name ?? r);
  } catch (e) {
    console.log(name, inspect(args), e.name, e.code, e.message);
  }
};
const key = Buffer.alloc(16);
for (const name of ['publicEncrypt', 'privateDecrypt', 'publicDecrypt', 'privateEncrypt', 'decapsulate', 'encapsulate', 'sign', 'verify', 'createPublicKey', 'createPrivateKey', 'diffieHellman']) {
  for (const args of [[], [null], [1], [{}], ['text'], [null, {}], ['text', {}], ['sha256', 'data'], ['sha256', 'data', null], ['sha256', 1, 'key']]) {
    if (name === 'createPublicKey' && args[0] === 'text') continue;
    attempt(name, args);
  }
}
for (const args of [['aes-128-cbc', 'k', 'iv'], ['aes-128-cbc', 'k', key], ['aes-128-gcm', 'k', Buffer.alloc(0)], ['aes-128-ccm', key, Buffer.alloc(12)], ['none', 'k', 'iv'], ['aes-128-ecb', key, null], ['aes-128-cbc', key, null]]) {
  attempt('createCipheriv', args);
}
for (const args of [['a', 'hex'], ['a', 'none'], ['a', 'buffer'], ['a', ''], ['a', 1]]) attempt('createSecretKey', args);
for (const args of [['sha1', 'a', { encoding: 'none' }], ['sha1', 'a', { encoding: 'hex' }], ['sha1', 'a', { encoding: 1 }]]) attempt('createHmac', args);
for (const args of [[1.5], [1.5, 2], [901], [-1], ['aes-128-cbc', 2]]) attempt('getCipherInfo', args);
for (const args of [['P-256'], ['prime256v1'], ['secp256k1'], ['none']]) attempt('createECDH', args);
for (const args of [['MODP5'], ['modp14'], ['modp99'], [1]]) attempt('getDiffieHellman', args);
for (const name of ['modp1', 'modp5', 'modp14', 'modp18']) console.log(name, crypto.getDiffieHellman(name).verifyError, crypto.createDiffieHellman(crypto.getDiffieHellman(name).getPrime(), 2).verifyError);
for (const args of [[], [1], [new Float32Array(1)], [new Uint8Array(65537)]]) attempt('getRandomValues', args);
attempt('generateKeyPairSync', ['rsa', { modulusLength: 1 }]);
const x = new crypto.X509Certificate(fs.readFileSync(path.join(__dirname, '../tls/fixtures/one-cert.pem')));
const copy = structuredClone(x);
console.log(copy instanceof crypto.X509Certificate, copy.fingerprint256 === x.fingerprint256, copy.subject, copy.checkHost('one.example'));
