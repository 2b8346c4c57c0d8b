'use strict';
// Writes ../tables.go: for every code point beyond ASCII, what Node's
// url.domainToASCII and url.domainToUnicode do with it. Run with the Node
// release that Spindle follows:
//
//   node observe.js > ../tables.go && gofmt -w ../tables.go
//
// Only the public functions are asked. Each property is read off by placing the
// code point in short labels whose validity depends on that property alone; the
// rules they probe are those of UTS #46 section 4.1 and RFC 5893 section 2.

const { domainToASCII, domainToUnicode } = require('url');

const accepted = (label) => domainToASCII(label) !== '';

const ALEF = '\u05d0'; // bidi class R, does not join
const BEH = '\u0628'; // bidi class AL, joins on both sides
const ARABIC_ZERO = '\u0660'; // bidi class AN
const ZWNJ = '\u200c';
const ZWJ = '\u200d';

// status: what becomes of x in a label, or null if no label may hold it.
function mapping(x) {
  for (const [before, after] of [['q', 'q'], [ALEF, ALEF], [ALEF, ''], ['q', '']]) {
    const out = domainToUnicode(before + x + after);
    if (out !== '') return out.slice(before.length, out.length - after.length);
  }
  return null;
}

// bidi: the class as far as RFC 5893 tells them apart.
function bidi(x) {
  const alone = accepted(`q${x}q`);
  const amongR = accepted(ALEF + x + ALEF);
  if (!alone && amongR) return accepted(`${ALEF}1${x}${ALEF}`) ? 'R' : 'AN';
  if (amongR) {
    if (!accepted(`${ALEF}-${x}`)) return accepted(ALEF + ALEF + x) ? 'NSM' : 'N';
    return accepted(ALEF + ARABIC_ZERO + x + ALEF) ? 'R' : 'EN';
  }
  return accepted(`q${x}q${ALEF}`) ? 'L' : 'None';
}

function properties(x) {
  const flags = [`bidi${bidi(x)}`];
  if (accepted(`q${x}q`) && !accepted(`${x}q`)) flags.push('mark');
  if (accepted(`q${x}${ZWJ}`)) {
    flags.push('virama');
  } else {
    if (accepted(x + ZWNJ + BEH)) flags.push('joinsNext');
    if (accepted(BEH + ZWNJ + x)) flags.push('joinsPrevious');
  }
  return flags.join('|');
}

const spans = []; // {lo, hi, kind, props, map}
const last = () => spans[spans.length - 1];

function add(cp, kind, props, map) {
  const s = last();
  if (s && s.kind === kind && s.props === props && s.hi === cp - 1) {
    if (kind === 'mapped') {
      s.map.push(map);
    }
    s.hi = cp;
    return;
  }
  spans.push({ lo: cp, hi: cp, kind, props, map: kind === 'mapped' ? [map] : null });
}

for (let cp = 0x80; cp <= 0x10ffff; cp++) {
  if (cp === 0xd800) cp = 0xe000;
  const x = String.fromCodePoint(cp);
  if (x === ZWNJ || x === ZWJ) {
    add(cp, 'valid', 'bidiN', null);
    continue;
  }
  const m = mapping(x);
  if (m === null) add(cp, 'disallowed', '0', null);
  else if (m === x) add(cp, 'valid', properties(x), null);
  else if (m === '') add(cp, 'ignored', '0', null);
  else add(cp, 'mapped', '0', m);
}

// Mapped runs are split into runs with one offset, and the rest into
// replacement strings.
const out = [];
const texts = new Map();
let text = '';
function place(s) {
  if (!texts.has(s)) {
    const at = text.indexOf(s);
    texts.set(s, at >= 0 ? Buffer.byteLength(text.slice(0, at)) : Buffer.byteLength(text));
    if (at < 0) text += s;
  }
  return texts.get(s);
}

for (const s of spans) {
  if (s.kind !== 'mapped') {
    out.push(`{${hex(s.lo)}, ${s.kind}, ${s.props}, 0}`);
    continue;
  }
  const offset = (i) => {
    const r = [...s.map[i]];
    return r.length === 1 ? r[0].codePointAt(0) - (s.lo + i) : null;
  };
  for (let i = 0; i < s.map.length;) {
    let n = 1;
    const d = offset(i);
    while (d !== null && i + n < s.map.length && offset(i + n) === d) n++;
    if (d !== null) {
      out.push(`{${hex(s.lo + i)}, shifted, 0, ${d}}`);
    } else {
      out.push(`{${hex(s.lo + i)}, replaced, 0, ${place(s.map[i])}<<8 | ${Buffer.byteLength(s.map[i])}}`);
    }
    i += n;
  }
}

function hex(n) {
  return `0x${n.toString(16)}`;
}

// Upper and lower case letters alternate in many blocks: a run of
// {even, shifted, +1}, {odd, valid} pairs becomes one "paired" entry.
const parsed = out.map((line) => {
  const m = /^\{(0x[0-9a-f]+), (\w+), ([\w|]+), (.+)\}$/.exec(line);
  return { lo: Number(m[1]), kind: m[2], props: m[3], arg: m[4] };
});
const packed = [];
for (let i = 0; i < parsed.length; i++) {
  const e = parsed[i];
  let n = 0;
  const pairAt = (j) => j + 2 < parsed.length &&
    parsed[j].kind === 'shifted' && parsed[j].arg === '1' &&
    parsed[j + 1].kind === 'valid' && parsed[j + 1].props === parsed[i + 1].props &&
    parsed[j + 1].lo === parsed[j].lo + 1 && parsed[j + 2].lo === parsed[j].lo + 2;
  while (i + 1 < parsed.length && pairAt(i + 2 * n)) n++;
  if (n >= 2) {
    packed.push(`{${hex(e.lo)}, paired, ${parsed[i + 1].props}, 0}`);
    i += 2 * n - 1;
  } else {
    packed.push(`{${hex(e.lo)}, ${e.kind}, ${e.props}, ${e.arg}}`);
  }
}

const quote = (s) => `"${[...s].map((c) => {
  const cp = c.codePointAt(0);
  if (cp === 0x22 || cp === 0x5c) return `\\${c}`;
  if (cp >= 0x20 && cp < 0x7f) return c;
  return cp > 0xffff ? `\\U${cp.toString(16).padStart(8, '0')}` : `\\u${cp.toString(16).padStart(4, '0')}`;
}).join('')}"`;

const lines = [];
lines.push(`// Code generated by gen/observe.js with Node ${process.versions.node} (Unicode ${process.versions.unicode}). DO NOT EDIT.`, '');
lines.push('package idna', '');
lines.push('// spans covers U+0080 to U+10FFFF; each entry reaches to the next one.');
lines.push('var spans = [...]span{');
for (let i = 0; i < packed.length; i += 4) lines.push(`\t${packed.slice(i, i + 4).join(', ')},`);
lines.push('}', '');
lines.push('// texts holds the replacements of entries of kind replaced.');
lines.push('const texts = "" +');
const runes = [...text];
for (let i = 0; i < runes.length; i += 24) {
  lines.push(`\t${quote(runes.slice(i, i + 24).join(''))}${i + 24 < runes.length ? ' +' : ''}`);
}
lines.push('');
process.stdout.write(lines.join('\n'));
