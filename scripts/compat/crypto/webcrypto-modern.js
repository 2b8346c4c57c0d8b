// The newer algorithms of the Web Crypto API with fixed input: what they yield, how their keys
// look, and what SubtleCrypto.supports says of them.
const { subtle } = crypto;
process.removeAllListeners('warning');
const told = new Set();
process.on('warning', (w) => told.add(`${w.name}: ${w.message}`));
const bytes = (n, s = 1) => Uint8Array.from({ length: n }, (_, i) => (i * 7 + s) & 255);
const hex = (b) => Buffer.from(b).toString('hex').slice(0, 96);
const attempt = async (label, f) => {
  try {
    const v = await f();
    console.log(label, v instanceof ArrayBuffer ? `${v.byteLength} ${hex(v)}` : v);
  } catch (e) {
    console.log(label, e.name, e.message, e.cause?.code, e.cause?.message);
  }
};
const supported = (name) => Object.keys(SubtleCrypto.prototype).filter((op) => {
  const params = { name, iv: bytes(12), length: 256, hash: 'SHA-256', nonce: bytes(16), memory: 64, passes: 1, parallelism: 1 };
  return SubtleCrypto.supports(op, params, op === 'deriveBits' ? 256 : /Key$/.test(op) ? 'HKDF' : undefined);
});
(async () => {
  for (const name of ['AES-OCB', 'ChaCha20-Poly1305', 'cSHAKE128', 'KMAC256', 'ML-DSA-65', 'ML-KEM-768', 'Argon2id', 'SHA3-384', 'nothing']) {
    console.log(name, supported(name).join(' '));
  }
  for (const name of ['AES-OCB', 'ChaCha20-Poly1305']) {
    const key = await subtle.importKey('raw-secret', bytes(32), name, true, ['encrypt', 'decrypt']);
    const params = { name, iv: bytes(12), additionalData: bytes(5) };
    const out = await subtle.encrypt(params, key, bytes(40));
    console.log(key, hex(out), Buffer.from(await subtle.decrypt(params, key, out)).equals(Buffer.from(bytes(40))));
    console.log(await subtle.exportKey('jwk', key));
    await attempt('altered', () => subtle.decrypt(params, key, bytes(56)));
    await attempt('short', () => subtle.decrypt(params, key, bytes(5)));
    await attempt('tag length', () => subtle.encrypt({ ...params, tagLength: 32 }, key, bytes(5)));
    await attempt('iv', () => subtle.encrypt({ ...params, iv: bytes(16) }, key, bytes(5)));
  }
  for (const name of ['KMAC128', 'KMAC256']) {
    for (const size of [3, 4, 16, 32, 200, 600]) {
      const key = await subtle.importKey('raw-secret', bytes(size), name, true, ['sign', 'verify']);
      for (const more of [{ length: 256 }, { length: 8, customization: bytes(9) }, { length: 512, customization: new Uint8Array(0) }]) {
        const params = { name, ...more };
        await attempt(`${name} ${size} ${more.length}`, () => subtle.sign(params, key, bytes(100)));
        await attempt('verify', async () => subtle.verify(params, key, await subtle.sign(params, key, bytes(100)), bytes(100)));
      }
      await attempt('length', () => subtle.sign({ name, length: 7 }, key, bytes(1)));
    }
  }
  for (const name of ['cSHAKE128', 'cSHAKE256']) {
    for (const length of [0, 8, 256, 1024, 9]) await attempt(`${name} ${length}`, () => subtle.digest({ name, length }, bytes(10)));
    await attempt('customization', () => subtle.digest({ name, length: 8, customization: bytes(1) }, bytes(10)));
  }
  for (const name of ['SHA3-256', 'SHA3-512']) await attempt(name, () => subtle.digest(name, bytes(10)));
  for (const name of ['Argon2d', 'Argon2i', 'Argon2id']) {
    const key = await subtle.importKey('raw-secret', bytes(12), name, false, ['deriveBits', 'deriveKey']);
    const params = { name, nonce: bytes(16), memory: 64, passes: 2, parallelism: 2, secretValue: bytes(8), associatedData: bytes(3), version: 0x13 };
    for (const bits of [256, 32, 24, 7, null, undefined]) await attempt(`${name} ${bits}`, () => subtle.deriveBits(params, key, bits));
    for (const wrong of [{ memory: 8 }, { passes: 0 }, { parallelism: 0 }, { version: 16 }, { nonce: bytes(4) }, { nonce: undefined }]) {
      await attempt(JSON.stringify(wrong), () => subtle.deriveBits({ ...params, ...wrong }, key, 256));
    }
    await attempt('key', () => subtle.deriveKey(params, key, { name: 'AES-GCM', length: 256 }, false, ['encrypt']));
    await attempt('export', () => subtle.exportKey('raw-secret', key));
  }
  for (const name of ['ML-DSA-44', 'ML-KEM-512']) {
    const kem = name.includes('KEM');
    const priv = await subtle.importKey('raw-seed', bytes(kem ? 64 : 32), name, true, kem ? ['decapsulateBits', 'decapsulateKey'] : ['sign']);
    const pub = await subtle.getPublicKey(priv, kem ? ['encapsulateBits', 'encapsulateKey'] : ['verify']);
    console.log(priv, pub);
    for (const [format, key] of [['raw-seed', priv], ['pkcs8', priv], ['raw-public', pub], ['spki', pub], ['raw', pub], ['raw-secret', priv]]) {
      await attempt(`${name} ${format}`, () => subtle.exportKey(format, key));
    }
    await attempt(`${name} jwk`, async () => Object.keys(await subtle.exportKey('jwk', priv)));
    if (!kem) {
      const context = bytes(6);
      const sig = await subtle.sign({ name, context }, priv, bytes(9));
      console.log(sig.byteLength, await subtle.verify({ name, context }, pub, sig, bytes(9)), await subtle.verify(name, pub, sig, bytes(9)));
      await attempt('context', () => subtle.sign({ name, context: bytes(256) }, priv, bytes(9)));
      await attempt('other key', () => subtle.verify(name, priv, sig, bytes(9)));
      continue;
    }
    const { sharedKey, ciphertext } = await subtle.encapsulateBits(name, pub);
    console.log(ciphertext.byteLength, hex(await subtle.decapsulateBits(name, priv, ciphertext)) === hex(sharedKey));
    const made = await subtle.encapsulateKey(name, pub, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
    console.log(Object.keys(made), made.sharedKey);
    const back = await subtle.decapsulateKey(name, priv, made.ciphertext, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
    console.log(hex(await subtle.exportKey('raw', back)) === hex(await subtle.exportKey('raw', made.sharedKey)));
    await attempt('fixed', () => subtle.decapsulateBits(name, priv, bytes(768)));
    await attempt('short', () => subtle.decapsulateBits(name, priv, bytes(7)));
    await attempt('usage', async () => subtle.decapsulateBits(name, await subtle.importKey('raw-seed', bytes(64), name, true, ['decapsulateKey']), ciphertext));
    await attempt('role', () => subtle.encapsulateBits(name, priv));
    await attempt('bad public', () => subtle.importKey('raw-public', bytes(800, 4), name, true, []));
  }
  console.log([...told].sort().join('\n'));
})();
