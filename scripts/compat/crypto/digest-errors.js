// What digests refuse, and in which words.
const crypto = require('crypto');
const attempt = (f) => {
  try {
    console.log('returned', f());
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
};
attempt(() => crypto.createHash('none'));
attempt(() => crypto.createHash(5));
attempt(() => crypto.createHash('md4'));
attempt(() => crypto.createHash('sha256', { outputLength: 3 }));
attempt(() => crypto.createHash('shake128', { outputLength: -1 }));
attempt(() => crypto.createHash('sha1').update(7));
attempt(() => crypto.createHash('sha1').update('abc', 'hex'));
attempt(() => { const h = crypto.createHash('sha1'); h.digest(); h.digest(); });
attempt(() => { const h = crypto.createHash('sha1'); h.digest(); h.copy(); });
attempt(() => crypto.createHmac('none', 'k'));
attempt(() => crypto.createHmac('sha1'));
attempt(() => crypto.hash('none', 'x'));
attempt(() => crypto.hash('sha1', 'x', 'none'));
attempt(() => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab')));
attempt(() => crypto.randomInt(5, 5));
attempt(() => crypto.randomBytes(-1));
attempt(() => crypto.randomFillSync(Buffer.alloc(3), 2, 2));
attempt(() => crypto.getRandomValues(new Float64Array(1)));
attempt(() => crypto.setEngine('none'));
