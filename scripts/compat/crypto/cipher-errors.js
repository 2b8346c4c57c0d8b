// Wrong keys, vectors, paddings, tags and states of ciphers.
const crypto = require('crypto');
const key = Buffer.alloc(16, 1);
const iv = Buffer.alloc(16, 2);
const attempt = (f) => {
  try {
    console.log('returned', f());
  } catch (e) {
    console.log(e.name, e.code, e.message, e.library, e.reason);
  }
};
attempt(() => crypto.createCipheriv('none', key, iv));
attempt(() => crypto.createCipheriv('aes-256-cbc', key, iv));
attempt(() => crypto.createCipheriv('aes-128-cbc', key, null));
attempt(() => crypto.createCipheriv('aes-128-ccm', key, iv.subarray(4)));
attempt(() => crypto.createCipheriv('aes-128-gcm', key, iv, { authTagLength: 5 }));
attempt(() => { const d = crypto.createDecipheriv('aes-128-cbc', key, iv); d.update(Buffer.alloc(16)); d.final(); });
attempt(() => { const d = crypto.createDecipheriv('aes-128-cbc', key, iv); d.update(Buffer.alloc(3)); d.final(); });
attempt(() => { const c = crypto.createCipheriv('aes-128-cbc', key, iv); c.final(); c.update('x'); });
attempt(() => { const c = crypto.createCipheriv('aes-128-cbc', key, iv); c.final(); c.final(); });
attempt(() => { const c = crypto.createCipheriv('aes-128-gcm', key, iv); c.getAuthTag(); });
attempt(() => { const d = crypto.createDecipheriv('aes-128-gcm', key, iv); d.setAuthTag(Buffer.alloc(16)); d.final(); });
attempt(() => { const d = crypto.createDecipheriv('aes-128-gcm', key, iv); d.setAuthTag(Buffer.alloc(3)); });
attempt(() => { const c = crypto.createCipheriv('aes-128-cbc', key, iv); c.setAAD(key); });
