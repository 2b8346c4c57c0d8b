// A reporter for mocha that writes one line a case to the file that
// CASES names: pass, fail or pending, and the full title.
'use strict';
const fs = require('fs');
module.exports = function (runner) {
  const fd = fs.openSync(process.env.CASES, 'w');
  const line = (state, test, err) => fs.writeSync(fd, JSON.stringify({ state, title: test.fullTitle(), error: err && String(err.message || err).slice(0, 300), stack: err && String(err.stack).split('\n').slice(0, 6).join('\n') }) + '\n');
  runner.on('pass', (t) => line('pass', t));
  runner.on('fail', (t, e) => line('fail', t, e));
  runner.on('pending', (t) => line('pending', t));
  runner.on('end', () => {
    fs.writeSync(fd, JSON.stringify({ state: 'end' }) + '\n');
    setTimeout(() => process.exit(), 10000).unref(); // a case that failed may have left a server
  });
};
