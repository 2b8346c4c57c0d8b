// What a certificate tells of itself and of whom it stands for.
const { X509Certificate, createPrivateKey } = require('crypto');
const fs = require('fs');
const path = require('path');
const read = (name) => fs.readFileSync(path.join(__dirname, '..', 'tls', 'fixtures', name));
const one = new X509Certificate(read('one-cert.pem'));
const ca = new X509Certificate(read('ca-cert.pem'));
console.log(one);
console.log(one.toLegacyObject());
console.log(one.ca, ca.ca, one.checkIssued(ca), ca.checkIssued(one), one.verify(ca.publicKey), one.verify(one.publicKey));
console.log(one.checkPrivateKey(createPrivateKey(read('one-key.pem'))), one.checkPrivateKey(createPrivateKey(read('two-key.pem'))));
for (const host of ['one.example', 'a.one.example', 'a.b.one.example', 'two.example']) console.log(host, one.checkHost(host), one.checkHost(host, { wildcards: false }));
console.log(one.checkIP('127.0.0.1'), one.checkIP('127.0.0.2'), one.checkEmail('a@one.example'));
console.log(new X509Certificate(one.raw).toString() === one.toString());
