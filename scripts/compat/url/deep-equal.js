'use strict';
// Deep equality looks at what a URL serialises to, and not into a list.
const assert = require('assert');
const equal = (a, b) => {
  try {
    assert.deepStrictEqual(a, b);
    return true;
  } catch (e) {
    return e.code;
  }
};
console.log(equal(new URL('http://h/a'), new URL('http://h/a')), equal(new URL('http://h/a'), new URL('http://h/b')));
console.log(equal({ u: new URL('http://h/') }, { u: new URL('http://h') }), equal(new URL('http://h/'), {}));
console.log(equal(new URLSearchParams('a'), new URLSearchParams('b')));
console.log(require('util').isDeepStrictEqual([new URL('x:1')], [new URL('x:2')]));
