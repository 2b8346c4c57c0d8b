class S1 {}
class S2 {}
class Arr2 extends Array {}
globalThis.sharedObject = { shared: 1 };
globalThis.sharedFunction = function shared() {};
