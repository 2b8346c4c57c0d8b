// navigator and the locks of the web.
"use strict";

const { locks }=require('worker_threads');
const t=async(n,f)=>{try{console.log(n,await f())}catch(e){console.log(n,e.name,e.code,e.message)}};
(async()=>{
await t(1,()=>locks.request('a',async l=>[l.name,l.mode,l.constructor.name,(await locks.query()).held.length]));await t(2,()=>locks.request());await t(3,()=>locks.request('a',1));await t(4,()=>locks.request('-a',()=>{}));await t(5,()=>locks.request('a',{mode:'x'},()=>{}));await t(6,()=>locks.request('a',{steal:true,ifAvailable:true},()=>{}));
await t(7,()=>locks.request('b',()=>locks.request('b',{ifAvailable:true},l=>l)));await t(8,async()=>{const o=[];const p=locks.request('c',async()=>{o.push(1);await null;o.push(2)});const q=locks.request('c',()=>o.push(3));await Promise.all([p,q]);return o});
await t(9,async()=>{const o=[];await Promise.all([locks.request('d',{mode:'shared'},async()=>{o.push('in');await new Promise(r=>setTimeout(r,5));o.push('out')}),locks.request('d',{mode:'shared'},async()=>{o.push('in2')})]);return o});
await t(10,()=>locks.request('e',async()=>{const c=new AbortController();const p=locks.request('e',{signal:c.signal},()=>1);c.abort();return p.catch(e=>e.name)}));
await t(11,()=>locks.request('f',()=>{throw new Error('x')}));
await t(12,async()=>{let r;const p=locks.request('g',()=>new Promise(()=>{}));await null;await new Promise(r=>setTimeout(r,2));const q=locks.request('g',{steal:true},()=>'stolen');return [await q,await p.catch(e=>e.name)]});
console.log(navigator,navigator.locks===locks,Object.prototype.toString.call(locks),Object.getOwnPropertyNames(Navigator.prototype).join(),navigator.platform,navigator.language);
})();
