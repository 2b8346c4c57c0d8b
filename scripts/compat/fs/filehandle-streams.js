// FileHandle: readableWebStream, and moving a handle to another thread.
'use strict';
const fs = require('fs');
const fsp = require('fs/promises');
const { MessageChannel } = require('worker_threads');

const attempt = async (f) => { try { console.log(await f()); } catch (e) { console.log(e.name, e.code, e.message); } };

(async () => {
  const handle = await fsp.open(__filename);
  const stream = handle.readableWebStream();
  console.log(stream);
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    console.log(chunk.constructor.name);
  }
  console.log(size === fs.statSync(__filename).size, handle.fd > 0);
  await attempt(() => handle.readableWebStream());
  await handle.close();
  await attempt(() => handle.readableWebStream());

  const closing = await fsp.open(__filename);
  for await (const chunk of closing.readableWebStream({ autoClose: true })) console.log(chunk.length > 0);
  console.log(closing.fd);
  for (const options of [1, null, { autoClose: 1 }, { type: 'bytes' }]) {
    const h = await fsp.open(__filename);
    await attempt(() => h.readableWebStream(options).cancel());
    await h.close();
  }
  const bytes = await fsp.open(__filename);
  const reader = bytes.readableWebStream().getReader({ mode: 'byob' });
  console.log((await reader.read(new Uint8Array(5))).value);
  await bytes.close();
  await attempt(() => reader.read(new Uint8Array(5)));

  const { port1, port2 } = new MessageChannel();
  const moving = await fsp.open(__filename);
  await attempt(() => port1.postMessage(moving));
  const reading = moving.read(Buffer.alloc(4), 0, 4, 0);
  await attempt(() => port1.postMessage(moving, [moving]));
  await reading;
  port1.postMessage({ moving }, [moving]);
  console.log(moving.fd);
  await attempt(() => moving.read());
  await attempt(() => moving.close());
  port2.once('message', async ({ moving }) => {
    console.log(moving.constructor.name, moving.fd > 0, (await moving.read(Buffer.alloc(4), 0, 4, 0)).buffer.toString());
    await moving.close();
    port1.close();
  });
})();
