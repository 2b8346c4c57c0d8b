// util.inspect.custom, toJSON ignored, errors in custom functions, inspect in classes.
'use strict';

const util = require('util');

class Money {
  constructor(n) { this.n = n; }
  [util.inspect.custom](depth, options, inspect) { return `Money<${inspect(this.n, options)}> ${depth} ${options.stylize('x', 'number')}`; }
}
console.log(new Money(5), [new Money(6)], { m: new Money(7) }, { a: { b: { c: { d: new Money(8) } } } });
console.log({ [util.inspect.custom]() { return { replaced: true }; } }, [{ [util.inspect.custom]: 5 }], { [Symbol.for('nodejs.util.inspect.custom')]() { return 'by Symbol.for'; } });
console.log({ toJSON() { return 'x'; } }, { inspect() { return 'old'; } });
console.log(util.inspect({ [util.inspect.custom]() { return 'line\nbreak'; } }), { nested: { [util.inspect.custom]() { return 'line\nbreak'; } } });
console.log(util.format('%s %o', new Money(1), new Money(2)));
class Tagged { get [Symbol.toStringTag]() { return 'MyTag'; } }
console.log(new Tagged(), { [Symbol.toStringTag]: 'T' }, Object.assign(Object.create({ constructor: undefined }), { a: 1 }));
