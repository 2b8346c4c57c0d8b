// atob and btoa convert what is no string.
'use strict';
for (const value of [1, -1.5, NaN, true, null, undefined, [], {}, 1n, /x/, () => {}, Symbol('s'), 'a\0b', '\u0100']) {
  for (const f of [btoa, atob]) {
    try {
      console.log(f.name, String(value), JSON.stringify(f(value)));
    } catch (e) {
      console.log(f.name, String(value), e.name, e.code, e.message);
    }
  }
}
