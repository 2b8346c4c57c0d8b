// Recursion without end, in every way that calls nest, is a RangeError that can be caught.
'use strict';

let depth = 0;
function f() { depth++; f() }
try { f() } catch (e) { console.log(e instanceof RangeError, e.message, depth > 5000) }
const g = () => g(); try { g() } catch (e) { console.log(e.name) }
class A { constructor() { new A() } } try { new A() } catch (e) { console.log(e.name) }
const o = { get x() { return this.x } }; try { o.x } catch (e) { console.log(e.name) }
const t = { toString() { return '' + this } }; try { String(t) } catch (e) { console.log(e.name) }
try { (function h() { [1].map(h) })() } catch (e) { console.log(e.name) }
try { (function h() { JSON.stringify({ toJSON: h }) })() } catch (e) { console.log(e.name) }
try { (function h() { new Proxy({}, { get: h }).x })() } catch (e) { console.log(e.name) }
function fin() { try { fin() } finally { depth = -1 } } try { fin() } catch (e) { console.log(e.name, depth) }
const F = Function('return F()'); globalThis.F = F; try { F() } catch (e) { console.log('Function', e.name) }
let n = 0; function again() { try { n++; again() } catch (e) { if (n < 100000) return 'ok ' + (e instanceof RangeError) } } console.log(again());
console.log((function stack() { try { return stack() } catch (e) { return e.stack.split('\n').length } })());
process.nextTick(() => { try { f() } catch (e) { console.log('tick', e.name) } });
setTimeout(() => { f() }, 1); process.on('uncaughtException', (e) => console.log('uncaught', e.name));
const EE = require('events'); const e = new EE(); e.on('x', () => e.emit('x')); try { e.emit('x') } catch (err) { console.log('emit', err.name) }
