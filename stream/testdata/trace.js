'use strict';
// Runs the programs of programs.json, and with --random FROM TO with also those
// made from the seeds from FROM to TO (without "with", only those), on
// node:stream and writes each with its trace of events, one JSON object a line:
// node trace.js --random 1 170 with > traces.jsonl. The Go test runs the same
// programs on package stream and compares.
const stream = require('stream');
const fs = require('fs');
const path = require('path');

function chunk(c) {
  if (typeof c !== 'string') return c;
  if (c.startsWith('b:')) return Buffer.from(c.slice(2));
  if (c.startsWith('x:')) return Buffer.from(c.slice(2), 'hex');
  return c.slice(2);
}

function show(v) {
  if (v === undefined || v === null) return 'null';
  if (Buffer.isBuffer(v)) return 'b:' + v.toString('latin1').replace(/[^ -~]/g, (c) => '%' + c.charCodeAt(0).toString(16).padStart(2, '0'));
  if (typeof v === 'string') return 's:' + v.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, (c) => '%u' + c.charCodeAt(0).toString(16));
  if (v instanceof Error) return 'E(' + (v.code || v.message) + ')';
  return String(v);
}

const rNames = ['objectMode', 'ended', 'endEmitted', 'reading', 'constructed', 'sync', 'needReadable', 'emittedReadable', 'readableListening',
  'resumeScheduled', 'errorEmitted', 'emitClose', 'autoDestroy', 'destroyed', 'closed', 'closeEmitted', 'multiAwaitDrain', 'readingMore', 'dataEmitted'];
const wNames = ['objectMode', 'finalCalled', 'needDrain', 'ending', 'ended', 'finished', 'destroyed', 'decodeStrings', 'writing', 'sync',
  'bufferProcessing', 'constructed', 'prefinished', 'errorEmitted', 'emitClose', 'autoDestroy', 'closed', 'closeEmitted', 'allBuffers', 'allNoop'];

function run(program, done) {
  const log = [];
  const objs = {};
  const held = {};
  const cbs = {};
  const macro = [];
  const L = (...a) => {
    if (log.push(a.join(' ')) > 600) throw endless;
  };
  const nameOf = (o) => Object.keys(objs).find((k) => objs[k] === o) || '?';
  const err = (n) => { const e = new Error(n); return e; };
  const later = { tick: process.nextTick, imm: (f) => macro.push(f) };

  // complete calls cb as the mode says.
  function complete(s, what, mode, cb, val) {
    switch (mode) {
      case 'sync': cb(null, val); break;
      case 'tick': case 'imm': later[mode](() => cb(null, val)); break;
      case 'err': cb(err(what)); break;
      case 'errtick': process.nextTick(() => cb(err(what))); break;
      case 'errimm': macro.push(() => cb(err(what))); break;
      case 'throw': throw err(what + '!');
      case 'twice': cb(null, val); cb(null, val); break;
      case 'hold': (held[s] ||= []).push((e) => cb(e, e ? undefined : val)); break;
      case 'never': break;
      default: throw new Error('mode ' + mode);
    }
  }

  function make(name, kind, o) {
    const opt = {};
    if ('hwm' in o) opt.highWaterMark = o.hwm;
    if ('rhwm' in o) opt.readableHighWaterMark = o.rhwm;
    if ('whwm' in o) opt.writableHighWaterMark = o.whwm;
    if (o.obj) opt.objectMode = true;
    if (o.robj) opt.readableObjectMode = true;
    if (o.wobj) opt.writableObjectMode = true;
    if (o.enc) opt.encoding = o.enc;
    if (o.denc) opt.defaultEncoding = o.denc;
    if (o.ds === false) opt.decodeStrings = false;
    if (o.ad === false) opt.autoDestroy = false;
    if (o.ec === false) opt.emitClose = false;
    if (o.half === false) opt.allowHalfOpen = false;
    if (o.r === false) opt.readable = false;
    if (o.w === false) opt.writable = false;
    const left = (o.chunks || []).slice();
    const next = (self) => self.push(left.length ? chunk(left.shift()) : null);
    if (o.read) {
      opt.read = function(n) {
        L(name, '_read', n);
        switch (o.read) {
          case 'none': break;
          case 'push': next(this); break;
          case 'push2': if (next(this) !== false || left.length) next(this); break;
          case 'all': while (left.length) next(this); this.push(null); break;
          case 'tick': case 'imm': later[o.read](() => { if (!this.destroyed && !this._readableState.ended) next(this); }); break;
          case 'throw': throw err('read!');
          case 'destroy': this.destroy(err('read')); break;
          default: throw new Error('mode ' + o.read);
        }
      };
    }
    if (o.write) opt.write = function(c, e, cb) { L(name, '_write', show(c), e || ''); complete(name, 'write', o.write, cb); };
    if (o.writev) opt.writev = function(cs, cb) { L(name, '_writev', cs.map((x) => show(x.chunk) + '/' + (x.encoding || '')).join(',')); complete(name, 'writev', o.writev, cb); };
    if (o.final) opt.final = function(cb) { L(name, '_final'); complete(name, 'final', o.final, cb); };
    if (o.destroy) opt.destroy = function(e, cb) {
      L(name, '_destroy', show(e));
      const m = o.destroy;
      complete(name, 'destroy', m, (e2) => cb(e2 || e));
    };
    if (o.construct) opt.construct = function(cb) { L(name, '_construct'); complete(name, 'construct', o.construct, cb); };
    if (o.transform) opt.transform = function(c, e, cb) {
      L(name, '_transform', show(c), e || '');
      switch (o.transform) {
        case 'push': this.push(c); cb(); break;
        case 'double': this.push(c); this.push(c); cb(); break;
        case 'drop': cb(); break;
        case 'end': this.push(c); this.push(null); cb(); break;
        default: complete(name, 'transform', o.transform, cb, c);
      }
    };
    if (o.flush) opt.flush = function(cb) {
      L(name, '_flush');
      if (o.flush === 'push') { this.push(chunk('b:F')); cb(); } else complete(name, 'flush', o.flush, cb, chunk('b:f'));
    };
    const C = { readable: stream.Readable, writable: stream.Writable, duplex: stream.Duplex, transform: stream.Transform, passthrough: stream.PassThrough }[kind];
    const s = objs[name] = new C(opt);
    s.on('error', (e) => L(name, 'error', show(e)));
  }

  function callback(label, cmds) {
    if (!label) return undefined;
    return cbs[label] ||= (e) => { L('cb', label, show(e)); exec(cmds); };
  }

  function state(name) {
    const s = objs[name];
    const r = s._readableState, w = s._writableState;
    if (r) {
      L(name, 'R', rNames.filter((n) => r[n]).join(','), 'flowing=' + r.flowing, 'paused=' + r.paused, 'length=' + r.length, 'buffer=' + (r.buffer.length - r.bufferIndex),
        'pipes=' + r.pipes.length, 'await=' + (r.awaitDrainWriters === null ? 0 : r.awaitDrainWriters.size ?? 1), 'hwm=' + r.highWaterMark, 'errored=' + show(r.errored),
        'readable=' + s.readable, 'aborted=' + s.readableAborted, 'enc=' + r.encoding);
    }
    if (w) {
      L(name, 'W', wNames.filter((n) => w[n]).join(','), 'length=' + w.length, 'corked=' + w.corked, 'pending=' + w.pendingcb, 'buffered=' + w.bufferedRequestCount,
        'writelen=' + w.writelen, 'errored=' + show(w.errored), 'writable=' + s.writable, 'needDrain=' + s.writableNeedDrain);
    }
    L(name, 'destroyed=' + s.destroyed, 'closed=' + s.closed, 'isReadable=' + stream.isReadable(s), 'isWritable=' + stream.isWritable(s),
      'isErrored=' + stream.isErrored(s), 'isDisturbed=' + stream.isDisturbed(s));
  }

  const ops = {
    new: make,
    on(n, ev, cmds, o) {
      const s = objs[n];
      const f = (...a) => {
        L(n, ev, a.map((x) => x instanceof stream.Stream ? nameOf(x) : x && typeof x === 'object' && 'hasUnpiped' in x ? 'info' : show(x)).join(' '));
        exec(cmds || []);
      };
      (s._on ||= []).push([ev, f]);
      if (o === 'once') s.once(ev, f); else if (o === 'prepend') s.prependListener(ev, f); else s.on(ev, f);
    },
    off(n, ev) {
      const s = objs[n];
      const i = (s._on || []).findLastIndex((x) => x[0] === ev);
      if (i >= 0) s.removeListener(ev, s._on.splice(i, 1)[0][1]);
    },
    offall(n, ev) { objs[n].removeAllListeners(ev); },
    push(n, c, e) { L(n, 'push', show(chunk(c)), '->', objs[n].push(chunk(c), e || undefined)); },
    unshift(n, c, e) { L(n, 'unshift', show(chunk(c)), '->', objs[n].unshift(chunk(c), e || undefined)); },
    read(n, k) { const v = k === undefined ? objs[n].read() : objs[n].read(k); L(n, 'read', k ?? '', '->', show(v)); },
    pause(n) { objs[n].pause(); },
    resume(n) { objs[n].resume(); },
    cork(n) { objs[n].cork(); },
    uncork(n) { objs[n].uncork(); },
    setEncoding(n, e) { objs[n].setEncoding(e); },
    setDefaultEncoding(n, e) { objs[n].setDefaultEncoding(e); },
    write(n, c, e, label, cmds) { L(n, 'write', show(chunk(c)), '->', objs[n].write(chunk(c), e || undefined, callback(label, cmds || []))); },
    end(n, c, e, label, cmds) { objs[n].end(c === undefined || c === null ? undefined : chunk(c), e || undefined, callback(label, cmds || [])); },
    destroy(n, e) { objs[n].destroy(e ? err(e) : undefined); },
    undestroy(n) { objs[n]._undestroy(); },
    pipe(a, b, o) { objs[a].pipe(objs[b], o === 'noend' ? { end: false } : undefined); },
    unpipe(a, b) { objs[a].unpipe(b ? objs[b] : undefined); },
    finished(n, o, label) {
      const c = stream.finished(objs[n], o || {}, (e) => L('finished', label, show(e)));
      if (o && o.cleanup) macro.push(c);
    },
    pipeline(ns, label, o) { stream.pipeline(...ns.map((n) => objs[n]), ...(o ? [o] : []), (e) => L('pipeline', label, show(e))); },
    pair(a, b, o) { [objs[a], objs[b]] = stream.duplexPair(o); for (const n of [a, b]) objs[n].on('error', (e) => L(n, 'error', show(e))); },
    release(n, e) { const h = (held[n] || []).shift(); if (h) h(e ? err(e) : null); },
    tick(cmds) { process.nextTick(() => exec(cmds)); },
    imm(cmds) { macro.push(() => exec(cmds)); },
    log(s) { L(s); },
    state,
  };

  let steps = 0;
  function exec(cmds) {
    for (const [op, ...args] of cmds) {
      if (++steps > 400) return;
      try { ops[op](...args); } catch (e) {
        if (e === endless) throw e;
        if (!(e.code || '').startsWith('ERR_')) { if (!/!$/.test(e.message)) throw e; }
        L('throw', show(e));
      }
    }
  }

  const phases = program.phases.slice();
  (function step() {
    const f = macro.length ? macro.shift() : phases.length ? ((p) => () => { L('--'); exec(p); })(phases.shift()) : null;
    if (!f) {
      L('--end');
      for (const n of Object.keys(objs)) state(n);
      return done(log);
    }
    setImmediate(step);
    f();
  })();
}

// random makes a program from a seed.
function random(seed) {
  let x = seed * 2654435761 % 4294967296 | 1;
  const rnd = (n) => { x ^= x << 13; x ^= x >>> 17; x ^= x << 5; x >>>= 0; return x % n; };
  const pick = (...a) => a[rnd(a.length)];
  const maybe = (p) => rnd(100) < p;
  const names = { r: [], w: [] };
  const setup = [];
  const common = (o) => {
    if (maybe(60)) o.hwm = pick(0, 1, 2, 3, 5, 10, 16);
    if (maybe(12)) o[pick('obj', 'robj', 'wobj')] = true;
    if (maybe(15)) o.ad = false;
    if (maybe(10)) o.ec = false;
    if (maybe(15)) o.construct = pick('sync', 'tick', 'imm', 'err', 'errtick', 'throw');
    if (maybe(25)) o.destroy = pick('sync', 'sync', 'tick', 'imm', 'err', 'errtick', 'throw');
    return o;
  };
  const chunks = () => Array.from({ length: rnd(5) }, () => maybe(4) ? 7 : pick('b:a', 'b:bcd', 's:ef', 'b:ghijklm', 's:', 'x:e282', 'x:ac'));
  const rOpts = (o) => {
    if (maybe(20)) o.enc = pick('utf8', 'hex', 'base64', 'latin1', 'utf16le');
    o.read = pick('none', 'none', 'push', 'push', 'push2', 'all', 'tick', 'imm', 'throw', 'destroy');
    if (rnd(3) && (o.read === 'throw' || o.read === 'destroy')) o.read = 'push';
    o.chunks = chunks();
    return o;
  };
  const modes = () => pick('sync', 'sync', 'tick', 'imm', 'hold', 'err', 'errtick', 'errimm', 'sync', 'tick', 'twice', 'never');
  const wOpts = (o) => {
    o.write = modes();
    if (maybe(30)) o.writev = modes();
    if (maybe(30)) o.final = pick('sync', 'tick', 'imm', 'err', 'errtick', 'throw', 'hold', 'twice');
    if (maybe(15)) o.ds = false;
    return o;
  };
  const n = 1 + rnd(3);
  for (let i = 0; i < n; i++) {
    const name = 'abc'[i];
    if (i === 0 && n > 1 && maybe(8)) {
      names.r.push('a', 'b'); names.w.push('a', 'b');
      setup.push(['pair', 'a', 'b', pick({}, { highWaterMark: 2 })]);
      i++;
      continue;
    }
    const kind = pick('readable', 'writable', 'duplex', 'transform', 'passthrough');
    const o = common({});
    if (kind === 'readable') rOpts(o);
    if (kind === 'writable') wOpts(o);
    if (kind === 'duplex') {
      rOpts(o); wOpts(o);
      if (maybe(20)) o.half = false;
      if (maybe(8)) o.r = false;
      if (maybe(8)) o.w = false;
    }
    if (kind === 'transform') {
      o.transform = pick('sync', 'tick', 'imm', 'push', 'double', 'drop', 'end', 'err', 'hold', 'errtick');
      if (maybe(40)) o.flush = pick('sync', 'tick', 'push', 'err', 'imm');
      if (maybe(15)) o.final = pick('sync', 'tick', 'err');
      if (maybe(15)) o.enc = 'utf8';
    }
    if (kind !== 'writable') names.r.push(name);
    if (kind !== 'readable') names.w.push(name);
    setup.push(['new', name, kind, o]);
  }
  const all = [...new Set([...names.r, ...names.w])];
  const data = () => maybe(4) ? 7 : pick('b:x', 's:yz', 'b:12345', 's:hello', 'x:e2', 'b:', 's:');
  let labels = 0;
  function cmd(depth) {
    const r = names.r.length ? pick(...names.r) : null;
    const w = names.w.length ? pick(...names.w) : null;
    const any = pick(...all);
    const block = () => depth > 1 ? [] : Array.from({ length: rnd(3) }, () => cmd(depth + 1));
    for (;;) {
      const k = rnd(30);
      if (k < 12 && r) {
        switch (k) {
          case 0: return ['on', r, 'data', block()];
          case 1: return ['on', r, 'readable', maybe(60) ? [['read', r]] : block(), pick(undefined, undefined, 'once')];
          case 2: return ['push', r, maybe(20) ? null : data()];
          case 3: return ['read', r];
          case 4: return ['read', r, pick(0, 1, 2, 3, 8)];
          case 5: return ['pause', r];
          case 6: return ['resume', r];
          case 7: return ['unshift', r, data()];
          case 8: return w && w !== r ? ['pipe', r, w, pick(undefined, undefined, 'noend')] : ['resume', r];
          case 9: return ['unpipe', r, maybe(50) && w || undefined];
          case 10: return [pick('off', 'offall'), r, pick('data', 'readable')];
          case 11: return maybe(30) ? ['setEncoding', r, pick('utf8', 'hex')] : ['on', r, pick('end', 'pause', 'resume'), block()];
        }
      } else if (k < 22 && w) {
        switch (k) {
          case 12: case 13: case 14: return ['write', w, data(), maybe(20) ? pick('latin1', 'utf8', 'hex') : null, maybe(50) ? 'L' + (maybe(30) ? 's' : labels++) : null, block()];
          case 15: return ['end', w, maybe(30) ? data() : null, null, maybe(50) ? 'E' + labels++ : null, block()];
          case 16: return ['cork', w];
          case 17: return ['uncork', w];
          case 18: return ['on', w, pick('drain', 'finish', 'prefinish', 'pipe', 'unpipe'), block()];
          case 19: return ['release', w, maybe(15) ? 'rel' : undefined];
          case 20: return ['tick', block()];
          case 21: return ['imm', block()];
        }
      } else if (k < 25) {
        return ['on', any, pick('close', 'error', 'close'), block()];
      } else if (k === 25 && maybe(10)) return ['undestroy', any];
      else if (k === 25) return ['destroy', any, maybe(50) ? 'D' + labels++ : undefined];
      else if (k === 26) return ['finished', any, pick({}, { readable: false }, { writable: false }, { error: false }, { cleanup: true }, { readable: true }, { writable: true, readable: false }), 'F' + labels++];
      else if (k === 27) return ['state', any];
      else if (k === 28 && depth === 0 && r && w && r !== w && maybe(30)) {
        const mid = all.filter((s) => names.r.includes(s) && names.w.includes(s) && s !== r && s !== w);
        return ['pipeline', [r, ...mid, w], 'P' + labels++];
      } else if (k === 29) return ['tick', block()];
    }
  }
  const phases = [setup];
  for (let i = 0, m = 1 + rnd(4); i < m; i++) phases.push(Array.from({ length: 1 + rnd(7) }, () => cmd(0)));
  return { name: 'random ' + seed, phases };
}

const endless = new Error('endless');
const args = process.argv.slice(2);
let programs = JSON.parse(fs.readFileSync(path.join(__dirname, 'programs.json')));
if (args[0] === '--random') {
  const [from, to] = [Number(args[1]), Number(args[2])];
  if (args[3] !== 'with') programs = [];
  for (let i = from; i < to; i++) programs.push(random(i));
}
let current = null;
process.on('uncaughtException', (e) => {
  if (e !== endless && !(e instanceof TypeError)) {
    console.error(e.stack, current && JSON.stringify(current));
    process.exit(1);
  }
  if (current) setImmediate(next); // data goes in a circle, or Node itself fails: not a program for a trace
  current = null;
});
function next() {
  current = programs.shift();
  if (!current) return;
  const program = current;
  run(program, (trace) => {
    if (current !== program) return;
    console.log(JSON.stringify({ ...current, trace }));
    setImmediate(next);
  });
}
next();
