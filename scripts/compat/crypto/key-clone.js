// KeyObjects and CryptoKeys are copied by structuredClone, through ports and into workers.
const { KeyObject, createSecretKey, createPrivateKey, createPublicKey, types = require('util').types } = require('crypto');
const { MessageChannel, Worker, isMainThread, parentPort, workerData, receiveMessageOnPort } = require('worker_threads');
const jwk = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' };
if (!isMainThread) {
  const { secret, priv, key } = workerData;
  parentPort.postMessage({ kinds: [secret.type, priv.asymmetricKeyType, key.algorithm.name], instances: [secret instanceof KeyObject, key instanceof CryptoKey],
    exported: secret.export().toString('hex'), back: priv, key });
  return;
}
(async () => {
  const secret = createSecretKey(Buffer.from('0011', 'hex'));
  const priv = createPrivateKey({ key: jwk, format: 'jwk' });
  const pub = createPublicKey(priv);
  const { subtle } = crypto;
  const key = await subtle.importKey('jwk', jwk, 'Ed25519', true, ['sign']);
  const hmac = await subtle.importKey('raw', new Uint8Array(8), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify', 'sign']);
  for (const o of [secret, priv, pub]) {
    const copy = structuredClone(o);
    console.log(copy !== o, copy.equals(o), copy.type, types.isKeyObject(copy), copy instanceof KeyObject, copy.constructor === o.constructor);
  }
  for (const k of [key, hmac]) {
    const copy = structuredClone({ k }).k;
    console.log(copy, types.isCryptoKey(copy), copy instanceof CryptoKey, KeyObject.from(copy).equals(KeyObject.from(k)));
  }
  const signed = await subtle.sign('Ed25519', structuredClone(key), new Uint8Array(3));
  console.log(Buffer.from(signed).equals(Buffer.from(await subtle.sign('Ed25519', key, new Uint8Array(3)))));
  const { port1, port2 } = new MessageChannel();
  port1.postMessage([secret, hmac]);
  const { message } = receiveMessageOnPort(port2);
  console.log(message[0].export(), message[1].usages);
  console.log(secret, priv, pub, priv.asymmetricKeyType, priv);
  try {
    structuredClone(secret, { transfer: [secret] });
  } catch (e) {
    console.log(e.name, e.code);
  }
  new Worker(__filename, { workerData: { secret, priv, key } }).once('message', (m) => {
    console.log(m.kinds, m.instances, m.exported, m.back.equals(priv), m.key);
  });
})();
