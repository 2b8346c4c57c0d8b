// The Web Crypto API: keys of each kind, what they do, their formats, and what is refused.
const { subtle } = crypto;
const data = new TextEncoder().encode('data');
const attempt = async (f) => {
  try {
    console.log(await f());
  } catch (e) {
    console.log(e.constructor.name, e.name, e.message);
  }
};
const hex = (b) => Buffer.from(b).toString('hex');
(async () => {
  await attempt(async () => hex(await subtle.digest('SHA-256', data)));
  const raw = new Uint8Array(32).map((_, i) => i);
  const iv = new Uint8Array(16).fill(9);
  for (const name of ['AES-CBC', 'AES-CTR', 'AES-GCM']) {
    const key = await subtle.importKey('raw', raw, name, true, ['encrypt', 'decrypt']);
    const params = { name, iv, counter: iv, length: 64 };
    const out = await subtle.encrypt(params, key, data);
    console.log(key, hex(out), Buffer.from(await subtle.decrypt(params, key, out)).toString());
    console.log(await subtle.exportKey('jwk', key));
  }
  for (const algorithm of [{ name: 'RSASSA-PKCS1-v1_5', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
    { name: 'ECDSA', namedCurve: 'P-256' }, { name: 'Ed25519' }]) {
    const { publicKey, privateKey } = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const params = { ...algorithm, hash: 'SHA-256' };
    const sig = await subtle.sign(params, privateKey, data);
    console.log(publicKey, sig.byteLength, await subtle.verify(params, publicKey, sig, data));
    const again = await subtle.importKey('pkcs8', await subtle.exportKey('pkcs8', privateKey), params, true, ['sign']);
    console.log(again.algorithm, Object.keys(await subtle.exportKey('jwk', again)));
  }
  const password = await subtle.importKey('raw', data, 'PBKDF2', false, ['deriveBits', 'deriveKey']);
  await attempt(async () => hex(await subtle.deriveBits({ name: 'PBKDF2', salt: data, iterations: 5, hash: 'SHA-512' }, password, 128)));
  const wrapping = await subtle.importKey('raw', raw, 'AES-KW', false, ['wrapKey', 'unwrapKey']);
  const mac = await subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign', 'verify']);
  const wrapped = await subtle.wrapKey('raw', mac, wrapping, 'AES-KW');
  console.log(hex(wrapped), hex(await subtle.sign('HMAC', await subtle.unwrapKey('raw', wrapped, wrapping, 'AES-KW', { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']), data)));
  await attempt(() => subtle.digest('none', data));
  await attempt(() => subtle.generateKey({ name: 'AES-GCM', length: 100 }, true, ['encrypt']));
  await attempt(() => subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, ['sign']));
  await attempt(() => subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, []));
  await attempt(() => subtle.importKey('raw', data, 'AES-CBC', true, ['encrypt']));
  await attempt(() => subtle.sign('HMAC', wrapping, data));
  await attempt(() => subtle.exportKey('raw', password));
  await attempt(() => subtle.importKey('jwk', { kty: 'oct', k: 'AAAA', ext: false }, { name: 'HMAC', hash: 'SHA-1' }, true, ['sign']));
})();
