// A return at the top level, and the sloppy mode of a module without a directive.
console.log((function () { return this === globalThis; })(), typeof undeclared);
undeclared = 5;
console.log(globalThis.undeclared, delete globalThis.undeclared);
if (true) return console.log('returned');
console.log('never');
