// Array methods with holes, and predicates that are native.
const a=[,1,,2]; const seen=[];
for (const m of ['find','findIndex','findLast','findLastIndex','some','every','filter','map','forEach','includes','indexOf','reduce','flatMap','at']) { try { seen.length=0; const r = a[m](m==='at'||m==='includes'?0:(...x)=>{seen.push(x[0],x[1]);return x[0]===undefined}); console.log(m,r,JSON.stringify(seen)) } catch(e){console.log(m,e.message)} }
for (const m of ['find','findIndex','findLast','findLastIndex','some','every','filter','map']) try { console.log(m, [,0,5,,][m](Boolean), [,0,5,,][m](String), new Array(3)[m](isNaN)) } catch(e){console.log(m,e.message)}
