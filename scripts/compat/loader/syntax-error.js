// A module that does not parse: a SyntaxError whose stack begins with the file and line.
'use strict';

try {
  require('./fixtures/syntax');
} catch (err) {
  console.log(err.name, err instanceof SyntaxError, err.stack.split('\n')[0].replace(__dirname, 'HERE'));
}
