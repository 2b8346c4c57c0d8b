// Keys derived from passwords, with a callback and without, and what is refused.
const crypto = require('crypto');
const attempt = (f) => {
  try {
    console.log(Buffer.from(f()).toString('hex'));
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
};
attempt(() => crypto.pbkdf2Sync('password', 'salt', 3, 24, 'sha512'));
attempt(() => crypto.scryptSync('password', 'salt', 24, { N: 64, r: 4, p: 2 }));
attempt(() => crypto.hkdfSync('sha384', 'key', 'salt', 'info', 24));
attempt(() => crypto.argon2Sync('argon2id', { message: 'password', nonce: 'saltsalt', parallelism: 2, tagLength: 24, memory: 32, passes: 2 }));
attempt(() => crypto.argon2Sync('argon2d', { message: 'password', nonce: 'saltsalt', parallelism: 1, tagLength: 70, memory: 8, passes: 1, secret: 's' }));
attempt(() => crypto.pbkdf2Sync('p', 's', 0, 1, 'sha1'));
attempt(() => crypto.pbkdf2Sync('p', 's', 1, 1, 'none'));
attempt(() => crypto.scryptSync('p', 's', 1, { N: 5 }));
attempt(() => crypto.scryptSync('p', 's', 1, { N: 2 ** 20 }));
attempt(() => crypto.hkdfSync('sha1', 'k', 's', 'i', 20 * 255 + 1));
attempt(() => crypto.argon2Sync('argon2id', { message: 'p', nonce: 'short', parallelism: 1, tagLength: 4, memory: 8, passes: 1 }));
crypto.pbkdf2('password', 'salt', 3, 8, 'sha1', (err, k) => {
  console.log(err, k.toString('hex'));
  crypto.scrypt('password', 'salt', 8, { N: 16 }, (err, k) => {
    console.log(err, k.toString('hex'));
    crypto.hkdf('sha256', 'key', '', '', 8, (err, k) => console.log(err, Buffer.from(k).toString('hex')));
  });
});
