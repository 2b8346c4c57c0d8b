'use strict';
// File URLs and paths, with the options and what may be passed instead.
const url = require('url');
const report = (f) => {
  try {
    const v = f();
    console.log(Buffer.isBuffer(v) ? v.toString('latin1') : v);
  } catch (e) {
    console.log(e.name, e.code, e.message, e.input);
  }
};
process.chdir('/');
for (const windows of [undefined, false, true]) {
  for (const input of ['file:///a%20b', 'file:///C:/x%5cy', 'file://h/x', 'file:///a%2Fb', 'file:///%ff', 'http://h/', 'nothing']) {
    report(() => url.fileURLToPath(input, { windows }));
    report(() => url.fileURLToPathBuffer(input, { windows }));
  }
  for (const input of ['/a b', 'a', 'a/', 'C:\\x y\\', '\\\\s\\h\\x', '\\\\s', '/%#?[]|~^', '/\ud800']) report(() => url.pathToFileURL(input, { windows }).href);
}
report(() => url.fileURLToPath({ href: 'file:///x', protocol: 'file:', hostname: '', pathname: '/looks%20like' }));
report(() => url.fileURLToPath({ href: 'file:///x', protocol: 'file:', auth: null }));
report(() => url.fileURLToPath(url.pathToFileURL('/a b/ü%.js')));
console.log(url.pathToFileURL('/x') instanceof URL);
