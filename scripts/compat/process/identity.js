// What a program asks of process to know where it is.
'use strict';

console.log(process.release.name, /^v24\./.test(process.version), process.versions.node === process.version.slice(1), typeof process.versions.v8, typeof process.versions.uv, typeof process.versions.modules);
console.log(process.platform === require('os').platform(), process.arch === require('os').arch(), typeof process.pid, typeof process.ppid, process.title.length > 0, process.argv.length, require('path').isAbsolute(process.argv[0]), process.argv[1] === __filename, typeof process.argv0, process.execArgv, process.execPath === process.argv[0]);
console.log(process.exitCode, process.env.TZ, typeof process.env.PATH, process.env.NOPE, 'TZ' in process.env, Object.keys(process.env).includes('TZ'));
console.log(process.cwd() === __dirname, typeof process.umask(), process.config !== undefined, process.features.inspector !== undefined, process.allowedNodeEnvironmentFlags instanceof Set);
console.log(Object.prototype.toString.call(process), process instanceof require('events'), Object.getPrototypeOf(process).constructor.name, globalThis.process === process, require('process') === process, require('node:process') === process);
console.log(typeof process.getuid(), typeof process.geteuid(), typeof process.getgid(), Array.isArray(process.getgroups()));
