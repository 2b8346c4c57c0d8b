// Class fields named as what stands before accessors and methods.
'use strict';

class A {
  get; set; async = 1; static async = 1; static get = 2; static set = 3; static static = 4;
  get = 5;
  set = (a) => a;
  async = async () => 'awaited';
  get x() { return 1; } set x(v) {} async y() {}
}
class B { set }
const { get = 7, set = 8 } = {};
let async;
{ async = 9; }
console.log(new A(), Object.keys(A), get, set, async, { get }, new A().set.name, new B(), 'get = set }');
new A().async().then(console.log);
