// Digests under several of their names, copied on the way, as streams, and at once.
const crypto = require('crypto');
for (const name of ['md5', 'SHA1', 'RSA-SHA256', 'sha512-256', 'sha3-384', 'ripemd160', 'blake2b512', 'blake2s256', 'sm3', 'md5-sha1']) {
  const hash = crypto.createHash(name).update('one ');
  const copy = hash.copy().update('two');
  console.log(name, hash.digest('hex'), copy.digest('base64url'));
}
for (const outputLength of [0, 1, 33]) console.log('shake256', crypto.createHash('shake256', { outputLength }).update('x').digest('hex'));
console.log(crypto.hash('sha256', 'text'), crypto.hash('sha1', Buffer.from('text'), 'base64'), crypto.hash('md5', 'text', 'buffer'));
console.log(crypto.createHmac('sha256', 'key').update('é', 'latin1').update('ff', 'hex').digest('hex'));
const stream = crypto.createHash('sha256');
stream.setEncoding('hex').on('data', (d) => console.log('stream', d)).on('end', () => console.log('end'));
stream.write('a');
stream.end('b');
