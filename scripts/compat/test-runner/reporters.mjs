// The reporters over the stream of run().
import { run } from 'node:test';
import * as reporters from 'node:test/reporters';

const files = [new URL('./fixtures/together/two.js', import.meta.url).pathname];
const clean = (text) => text.replaceAll(/\d+\.\d+/g, 'N').replaceAll(/duration_ms \d+/g, 'duration_ms N').replaceAll(/hostname="[^"]*"/g, 'hostname');
for (const reporter of [reporters.spec, new reporters.spec(), reporters.tap, reporters.dot, reporters.junit]) {
  let text = '';
  for await (const chunk of run({ files, only: true, cwd: import.meta.dirname }).compose(reporter)) text += chunk;
  console.log(clean(text).replaceAll(import.meta.dirname, ''));
}
