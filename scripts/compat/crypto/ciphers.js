// One text through every kind of cipher, there and back, with tags.
const crypto = require('crypto');
const bytes = (n, x) => Buffer.alloc(n).map((_, i) => x + i);
const text = 'A text that is longer than two blocks of any cipher here.';
for (const [name, key, iv] of [
  ['aes-128-cbc', 16, 16], ['aes-256-ecb', 32, 0], ['aes-192-ctr', 24, 16], ['aes-128-cfb', 16, 16], ['aes-128-cfb8', 16, 16], ['aes-128-cfb1', 16, 16],
  ['aes-256-ofb', 32, 16], ['aes-256-xts', 64, 16], ['des-ede3-cbc', 24, 8], ['des-ede-ecb', 16, 0], ['chacha20', 32, 16],
]) {
  const c = crypto.createCipheriv(name, bytes(key, 1), iv ? bytes(iv, 7) : null);
  const out = c.update(text, 'utf8', 'hex') + c.final('hex');
  const d = crypto.createDecipheriv(name, bytes(key, 1), iv ? bytes(iv, 7) : null);
  console.log(name, out, d.update(out, 'hex', 'utf8') + d.final('utf8') === text);
}
for (const [name, key, iv, authTagLength] of [['aes-256-gcm', 32, 12], ['aes-128-gcm', 16, 5, 12], ['aes-192-ccm', 24, 13, 8], ['aes-128-ocb', 16, 12, 16], ['chacha20-poly1305', 32, 12, 16]]) {
  const options = { authTagLength };
  const c = crypto.createCipheriv(name, bytes(key, 3), bytes(iv, 4), options);
  c.setAAD(Buffer.from('more'), { plaintextLength: text.length });
  const out = Buffer.concat([c.update(text), c.final()]);
  console.log(name, out.toString('hex'), c.getAuthTag().toString('hex'));
  const d = crypto.createDecipheriv(name, bytes(key, 3), bytes(iv, 4), options);
  d.setAuthTag(c.getAuthTag()).setAAD(Buffer.from('more'), { plaintextLength: text.length });
  console.log(Buffer.concat([d.update(out), d.final()]).toString() === text);
}
for (const [name, iv, n] of [['aes128-wrap', 'a6a6a6a6a6a6a6a6', 24], ['id-aes128-wrap-pad', 'a65959a6', 7]]) {
  const c = crypto.createCipheriv(name, bytes(16, 9), Buffer.from(iv, 'hex'));
  console.log(name, c.update(bytes(n, 2), null, 'hex') + c.final('hex'));
}
for (const name of ['aes128', 'AES-256-GCM', 'chacha20-poly1305', 'des3', 'aes-128-ccm', 'none']) console.log(crypto.getCipherInfo(name));
