function f(){ return new.target===undefined }
class A { constructor(){ this.a=f(); this.b=(()=>f())(); this.c=(()=>new.target===A)(); this.d={m(){return new.target===undefined}}.m(); this.e=[1].map(function(){return new.target===undefined})[0]; } }
console.log(new A);
function F(){ this.x=f(); }
console.log(new F);
function G(){ if(!new.target) return new G(); this.g=1 }
class B { constructor(){ this.g=G(); const h=async()=>{ await null; return new.target===B&&G().g===1 }; this.p=h(); this.k=function(){ return (()=>new.target===undefined)() }(); this.r=Reflect.construct(function(){ this.q=new.target===B },[],B); } }
class C extends B { constructor(){ super(); this.c=new.target===C } }
console.log(new C); new C().p.then(console.log);
function* gen(){ yield new.target===undefined } class D{constructor(){this.x=[...gen()]; this.y=Object.create({get z(){return new.target===undefined}}).z; this.b=f.call(null); this.w=f.apply(null,[]); this.v=f.bind(1)(); }} console.log(new D);
console.log(f(), Reflect.apply(f,null,[]));
