// process.report: its settings, what it refuses, what a report has.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { report } = process;
console.log(Object.keys(report), report.compact, report.directory, report.filename, report.signal, report.reportOnSignal, report.reportOnFatalError, report.reportOnUncaughtException);
for (const f of [() => { report.filename = 1; }, () => { report.directory = 1; }, () => { report.compact = 1; }, () => { report.signal = 1; }, () => { report.signal = 'x'; },
  () => { report.signal = 'sigterm'; }, () => { report.reportOnSignal = 1; }, () => report.getReport(1), () => report.writeReport(1), () => report.writeReport('x', 1)]) {
  try {
    f();
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
}
const r = report.getReport(Object.assign(new TypeError('of a test'), { code: 'CODE', n: 5 }));
console.log(Object.keys(r), r.header.reportVersion, r.header.event, r.header.trigger, r.header.filename, r.header.processId === process.pid, r.header.nodejsVersion);
console.log(r.javascriptStack.message, r.javascriptStack.stack[0].startsWith('at '), r.javascriptStack.errorProperties);
console.log(Object.keys(r.javascriptHeap), Object.keys(r.resourceUsage), Object.keys(r.userLimits), Object.keys(r.userLimits.open_files));
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'report-'));
report.directory = dir;
console.log(report.writeReport('named.json'), JSON.parse(fs.readFileSync(path.join(dir, 'named.json'))).header.filename);
console.log(report.writeReport('error.json', new Error('x')), fs.readdirSync(dir));
report.excludeEnv = true;
report.compact = true;
report.writeReport('compact.json');
console.log('environmentVariables' in JSON.parse(fs.readFileSync(path.join(dir, 'compact.json'))));
fs.rmSync(dir, { recursive: true });
for (const name of ['constants', 'natives', 'util', 'uv', 'nope']) {
  try {
    console.log(name, typeof process.binding(name));
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
}
console.log(process.binding('uv').errname(-2), process.binding('constants').fs.O_RDONLY, process.binding('util').isMap(new Map()), 'fs' in process.binding('natives'));
