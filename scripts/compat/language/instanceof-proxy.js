// A Proxy of a class to the right of instanceof.
class A{static k=1} class B extends A{}
const P=new Proxy(A,{});const Q=new Proxy(A,{get(t,k){console.log('get',String(k));return t[k]}});
console.log(new A instanceof P,new B instanceof P,{} instanceof P, 5 instanceof P, new (new Proxy(B,{})) instanceof P, new B instanceof Q);
for (const v of [new Proxy({},{}), new Proxy(()=>{},{}), {}]) try { console.log({} instanceof v) } catch(e){console.log(e.name)}
console.log(Function.prototype[Symbol.hasInstance].call(P,new A), new A instanceof P.bind(), String(Function.prototype[Symbol.hasInstance]));
const R=new Proxy(new Proxy(A,{}),{}); console.log(new A instanceof R, new Proxy(new A,{}) instanceof R, Object.create(R.prototype) instanceof A);
