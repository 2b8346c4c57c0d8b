// The scenarios of traces_test.go for Node. `node traces.js > traces.txt` records
// what Node prints; `node traces.js NAME` runs one.
'use strict';
const net = require('net');
const fs = require('fs');
const os = require('os');

const log = (...a) => console.log(a.join(' '));
const tick = (name) => process.nextTick(() => log('tick', name));
const immediate = (name) => setImmediate(() => log('immediate', name));
const msg = (e) => (e ? `${e.code}: ${e.message.replace(/:\d{4,5}\b/, ':PORT')}` : String(e));

// watch logs the events of a socket, in the order they come.
function watch(name, s, ...more) {
  for (const ev of ['connect', 'ready', 'end', 'finish', 'timeout', 'drain', ...more]) s.on(ev, () => log(name, ev));
  s.on('data', (d) => log(name, 'data', String(d)));
  s.on('error', (e) => log(name, 'error', msg(e)));
  s.on('close', (h) => log(name, 'close', h));
  return s;
}
function serve(options, onConnection, then) {
  const s = net.createServer(options, onConnection);
  s.on('close', () => log('server close'));
  s.listen(0, '127.0.0.1', () => then(s.address().port, s));
  return s;
}
const sock = () => `${os.tmpdir()}/spindle-trace-${process.pid}.sock`;

const scenarios = {
  life() {
    serve({}, (c) => {
      watch('s', c);
      log('s begins', c.readyState, c.readableFlowing, c.eventNames().join());
      tick('connection');
      c.on('data', (d) => { c.write('re:' + d, () => log('s written')); tick('data'); });
    }, (port, srv) => {
      const c = net.connect(port, '127.0.0.1', () => { log('c callback', c.readyState); tick('connect'); });
      watch('c', c);
      log('c begins', c.readyState, c.connecting, c.pending, c.eventNames().join());
      tick('called');
      c.write('a', () => { log('c written'); c.end('b', () => log('c ended')); log('c end', c.readyState); });
      log('c bytesWritten', c.bytesWritten);
      c.on('close', () => { log('c counts', c.bytesRead, c.bytesWritten, c.readyState); srv.close(() => log('srv callback')); });
      c.on('data', () => tick('c data'));
    });
  },
  endFirst() {
    serve({}, (c) => { watch('s', c); c.end('bye', () => log('s ended')); }, (port, srv) => {
      const c = watch('c', net.connect(port, '127.0.0.1'));
      c.on('end', () => { log('c at end', c.readyState, c.writableEnded); tick('end'); });
      c.on('close', () => srv.close());
    });
  },
  halfOpen() {
    serve({ allowHalfOpen: true }, (c) => {
      watch('s', c);
      c.on('end', () => { log('s state', c.readyState); c.write('after', () => log('s wrote')); setImmediate(() => c.end('last')); });
    }, (port, srv) => {
      const c = watch('c', net.connect({ port, host: '127.0.0.1', allowHalfOpen: true }));
      c.end('x');
      c.on('close', () => srv.close());
    });
  },
  refused() {
    serve({}, () => {}, (port, srv) => {
      srv.close(() => {
        const c = watch('c', net.connect(port, '127.0.0.1'));
        c.on('error', (e) => { log('keys', Object.keys(e).join(), e.errno, e.syscall, e.address, e.port === port, c.destroyed, c.readyState); tick('error'); });
        c.write('lost', (e) => { log('write', msg(e)); tick('write'); });
        c.on('connectionAttempt', (a, p, f) => log('attempt', a, p === port, f));
      });
    });
  },
  noPath() {
    const c = watch('c', net.connect('/nonexistent/socket'));
    log('c', c.connecting, c.readyState);
    tick('called');
    immediate('called');
  },
  destroyEarly() {
    serve({}, () => log('connection'), (port, srv) => {
      const c = watch('c', net.connect(port, '127.0.0.1'));
      c.write('x', (e) => log('write', msg(e)));
      c.destroy();
      log('c', c.destroyed, c.connecting, c.readyState, c.pending);
      c.write('y', (e) => log('write again', msg(e)));
      tick('destroy');
      immediate('destroy');
      c.on('close', () => srv.close());
    });
  },
  destroyInConnect() {
    serve({}, (c) => { watch('s', c); c.on('close', () => log('s counts', c.bytesRead)); }, (port, srv) => {
      const c = watch('c', net.connect(port, '127.0.0.1', () => { c.write('x', (e) => log('write', msg(e))); c.destroy(); tick('destroyed'); }));
      c.on('close', () => srv.close());
    });
  },
  destroyError() {
    serve({}, (c) => { watch('s', c); }, (port, srv) => {
      const c = watch('c', net.connect(port, '127.0.0.1', () => { c.destroy(new Error('mine')); log('errored', c.errored.message); immediate('destroyed'); }));
      c.on('close', () => srv.close());
    });
  },
  writeOrder() {
    serve({}, (c) => { c.resume(); c.on('end', () => c.end()); }, (port, srv) => {
      const c = net.connect(port, '127.0.0.1', () => {
        log(c.write('1', () => { log('one'); tick('in one'); }), c.writableLength);
        log(c.write('2', () => log('two')), c.writableLength);
        tick('after');
        Promise.resolve().then(() => log('micro'));
        c.cork(); c.write('3', () => log('three')); c.write('4', () => log('four')); log('corked', c.writableLength, c.bytesWritten); c.uncork();
        log('uncorked', c.writableLength, c.bytesWritten);
        c.end('5', () => log('ended'));
        immediate('end');
      });
      c.on('finish', () => log('finish'));
      c.on('close', () => { log('close', c.bytesWritten); srv.close(); });
    });
  },
  writeEarly() {
    serve({}, (c) => { let got = ''; c.on('data', (d) => { got += d; }); c.on('end', () => { log('got', got); c.end(); }); }, (port, srv) => {
      const c = net.connect(port, '127.0.0.1');
      log(c.write('a', () => log('a')), c.write(Buffer.from('b'), () => log('b')), c.write('63', 'hex', () => log('c')), c.write('\u00e9', 'latin1', () => log('d')));
      log(c.bytesWritten, c.writableLength, c.bufferSize);
      c.end('!', () => log('end callback'));
      c.on('connect', () => log('connect', c.bytesWritten));
      c.on('finish', () => log('finish', c.bytesWritten));
      c.on('close', () => srv.close());
      c.resume();
    });
  },
  big() {
    const size = 8 << 20;
    serve({}, (c) => { let n = 0; c.on('data', (d) => { n += d.length; }); c.on('end', () => { log('got', n); c.end(); }); }, (port, srv) => {
      const c = net.connect(port, '127.0.0.1', () => {
        log(c.write(Buffer.alloc(size), () => { log('written', c.writableLength); tick('written'); }), c.writableLength, c.bytesWritten, c.writableNeedDrain);
        log(c.write('more', () => log('more')), c.bytesWritten);
        c.on('drain', () => { log('drain', c.writableLength); c.end(); });
      });
      c.on('finish', () => log('finish'));
      c.on('close', () => { log('close', c.bytesWritten); srv.close(); });
      c.resume();
    });
  },
  reset() {
    serve({}, (c) => { watch('s', c); c.on('error', () => tick('s error')); }, (port, srv) => {
      const c = watch('c', net.connect(port, '127.0.0.1', () => { log(c.resetAndDestroy() === c, c.destroyed); tick('reset'); }));
      c.on('close', () => srv.close());
    });
  },
  resetEarly() {
    serve({}, (c) => { watch('s', c); }, (port, srv) => {
      const c = watch('c', net.connect(port, '127.0.0.1'));
      c.resetAndDestroy();
      log('c', c.destroyed);
      c.on('close', () => srv.close());
    });
  },
  resetNever() {
    const c = watch('c', new net.Socket());
    c.resetAndDestroy();
    tick('reset');
  },
  writeAfterEnd() {
    serve({}, (c) => { c.resume(); c.end(); }, (port, srv) => {
      const c = watch('c', net.connect(port, '127.0.0.1'));
      c.resume();
      c.on('end', () => {
        c.write('late', (e) => log('late', msg(e)));
        setImmediate(() => { c.write('later', (e) => log('later', msg(e))); tick('later'); });
      });
      c.on('close', () => srv.close());
    });
  },
  endThenWrite() {
    serve({}, (c) => { c.resume(); }, (port, srv) => {
      const c = watch('c', net.connect(port, '127.0.0.1', () => {
        c.end('x');
        log(c.write('y', (e) => log('y', msg(e))));
        tick('write');
      }));
      c.on('close', () => srv.close());
    });
  },
  unconnected() {
    const c = watch('c', new net.Socket());
    log(c.readyState, c.pending, c.connecting, c.bytesRead, c.bytesWritten, c.bufferSize, c.remoteAddress, c.eventNames().join());
    log(c.write('x', (e) => log('x', msg(e))), c.writableLength, c.bytesWritten);
    tick('write');
  },
  endUnconnected() {
    const c = watch('c', new net.Socket());
    c.end(() => log('end callback'));
    tick('end');
    immediate('end');
  },
  destroyUnconnected() {
    const c = watch('c', new net.Socket());
    c.on('close', function() { log('arguments', arguments.length); });
    c.destroy();
    tick('destroy');
    immediate('destroy');
  },
  pause() {
    serve({}, (c) => { c.write('1234567890'); c.on('end', () => c.end()); c.resume(); }, (port, srv) => {
      const c = watch('c', net.connect(port, '127.0.0.1'));
      c.pause();
      c.on('connect', () => log('paused', c.isPaused(), c._handle.reading));
      setTimeout(() => { log('resume', c.readableLength); c.resume(); }, 50);
      c.on('data', () => c.end());
      c.on('close', () => srv.close());
    });
  },
  pauseOnConnect() {
    serve({ pauseOnConnect: true }, (c) => {
      watch('s', c);
      log('s', c.isPaused(), c.readableFlowing, c._handle.reading);
      setTimeout(() => { log('resume', c.readableLength); c.resume(); }, 50);
      c.on('end', () => c.end());
    }, (port, srv) => {
      const c = watch('c', net.connect(port, '127.0.0.1'));
      c.end('hi');
      c.on('close', () => srv.close());
    });
  },
  timeout() {
    serve({}, (c) => { c.on('data', (d) => c.write(d)); c.on('end', () => c.end()); c.resume(); }, (port, srv) => {
      const c = watch('c', net.connect(port, '127.0.0.1'));
      log('timeout', c.timeout);
      c.setTimeout(200, () => log('callback'));
      log('timeout', c.timeout);
      let n = 0;
      c.on('timeout', () => { if (n++ === 0) c.write('again'); else { c.setTimeout(0); log('timeout', c.timeout); c.end(); } });
      c.on('close', () => srv.close());
    });
  },
  drop() {
    const srv = serve({}, (c) => { log('connection', srv._connections); c.resume(); }, (port) => {
      srv.maxConnections = 1;
      srv.on('drop', (d) => log('drop', Object.keys(d).join(), d.localPort === port, d.remoteFamily));
      const a = net.connect(port, '127.0.0.1', () => {
        const b = watch('b', net.connect(port, '127.0.0.1'));
        b.on('close', () => { srv.getConnections((e, n) => { log('connections', e, n); a.end(); srv.close((e2) => log('closed', e2)); }); log('asked'); });
      });
      a.resume();
    });
  },
  serverClose() {
    let peer;
    serve({}, (c) => { peer = c; watch('s', c); }, (port, srv) => {
      log('listening', srv.listening, srv._connectionKey === `4:127.0.0.1:${port}`);
      const c = net.connect(port, '127.0.0.1', () => {
        setImmediate(() => {
          srv.close((e) => log('callback', e));
          log('closed', srv.listening, srv.address());
          srv.close((e) => log('again', msg(e)));
          tick('close');
          setImmediate(() => { log('end'); c.end(); });
        });
      });
      c.resume();
      c.on('close', () => log('c close', peer.destroyed));
    });
  },
  serverNotRunning() {
    const srv = net.createServer();
    srv.on('close', () => log('close'));
    log(srv.close((e) => log('callback', msg(e))) === srv);
    tick('close');
    log(srv.address(), srv.listening);
  },
  listenErrors() {
    serve({}, () => {}, (port, srv) => {
      const any = net.createServer();
      any.on('error', (e) => {
        log(msg(e), Object.keys(e).join(), e.errno, e.syscall, e.address, e.port === port, any.listening);
        const one = net.createServer();
        one.on('listening', () => log('never'));
        one.on('error', (e2) => { log(msg(e2)); srv.close(); });
        one.listen(port, '127.0.0.1');
        tick('again');
      });
      any.listen({ port });
      log('any', any.listening);
      tick('listen');
      try { srv.listen(0); } catch (e) { log('throws', msg(e)); }
    });
  },
  listenTwice() {
    const srv = net.createServer();
    srv.on('listening', () => log('listening'));
    srv.listen(0, '127.0.0.1', () => {
      log('first');
      setImmediate(() => srv.close(() => { log('closed'); srv.listen(0, '127.0.0.1', () => { log('second'); srv.close(); }); }));
    });
    srv.listen(0, '127.0.0.1'); // the look-up of the first is under way
    log(srv.listening);
  },
  listenLookupClosed() {
    const srv = net.createServer();
    srv.on('listening', () => log('listening'));
    srv.on('close', () => log('close'));
    srv.listen(0, '127.0.0.1');
    srv.close((e) => log('callback', msg(e)));
    setImmediate(() => { log('immediate', srv.listening); srv.close(); });
  },
  listenClosed() {
    const srv = net.createServer();
    srv.on('listening', () => log('listening'));
    srv.on('close', () => log('close'));
    srv.listen(0);
    log(srv.listening);
    srv.close((e) => log('callback', e));
    tick('close');
  },
  badFD() {
    const srv = net.createServer();
    srv.on('error', (e) => log(msg(e), Object.keys(e).join(), e.address));
    srv.listen({ fd: 4711 });
    tick('listen');
  },
  unix() {
    const name = sock();
    const srv = net.createServer((c) => { watch('s', c); log('addresses', JSON.stringify(c.address()), c.remoteAddress, c.remotePort, c.localAddress); c.on('data', (d) => c.end(d)); });
    srv.listen(name, () => {
      log('listening', srv.address() === name, fs.existsSync(name));
      const other = net.createServer();
      other.on('error', (e) => { log(e.code, e.message.replace(name, 'PATH'), Object.keys(e).join(), e.address === name, e.port); });
      other.listen(name);
      const c = watch('c', net.connect({ path: name }));
      c.write('over a file');
      c.on('close', () => { srv.close(() => { log('closed', fs.existsSync(name), srv.address() === name); }); });
    });
  },
  reconnect() {
    let n = 0;
    serve({}, (c) => { c.resume(); c.end('hello ' + ++n); }, (port, srv) => {
      const c = watch('c', new net.Socket());
      c.connect(port, '127.0.0.1');
      c.on('close', () => {
        log('again', c.destroyed, c.bytesRead, c.bytesWritten);
        if (n === 2) return srv.close();
        c.connect(port, '127.0.0.1', () => log('connected', c.destroyed, c.readyState));
        log('state', c.readyState, c.bytesRead);
      });
    });
  },
  destroySoon() {
    serve({}, (c) => { c.on('data', (d) => log('s data', d)); c.on('end', () => log('s end')); }, (port, srv) => {
      const c = watch('c', net.connect(port, '127.0.0.1', () => { c.write('x'); c.destroySoon(); log('soon', c.destroyed, c.writableEnded); tick('soon'); immediate('soon'); }));
      c.on('close', () => srv.close());
    });
  },
  lookupError() {
    const c = watch('c', net.connect({ host: 'name.invalid', port: 1, lookup(host, o, cb) { log('lookup', host, Object.keys(o).sort().join(), o.family, o.hints, o.all); process.nextTick(cb, Object.assign(new Error('no luck'), { code: 'ENOTFOUND' })); } }));
    c.on('lookup', (e, a, f, h) => log('event', msg(e), a, f, h));
    tick('called');
  },
  lookupOdd() {
    const next = (answers) => {
      if (answers.length === 0) return;
      const [label, options, ...answer] = answers.shift();
      const c = net.connect({ host: 'odd.invalid', port: 1, ...options, lookup(host, o, cb) { process.nextTick(() => cb(null, ...answer)); } });
      c.on('lookup', (e, a, f, h) => log(label, 'lookup', e, a, f, h));
      c.on('error', (e) => log(label, msg(e)));
      c.on('close', () => next(answers));
    };
    next([
      ['one', { autoSelectFamily: false }, 'not-an-ip', 4],
      ['family', { autoSelectFamily: false }, '127.0.0.1', 100],
      ['undefined', { autoSelectFamily: false }, '127.0.0.1'],
      ['all', {}, [{ address: 'not-an-ip', family: 4 }]],
      ['allFamily', {}, [{ address: '127.0.0.1', family: 9 }]],
      ['blocked', { blockList: (() => { const b = new net.BlockList(); b.addAddress('127.0.0.1'); return b; })() }, [{ address: '127.0.0.1', family: 4 }]],
    ]);
  },
  attempts() {
    serve({}, (c) => { c.end(); c.resume(); }, (port, srv) => {
      const c = net.connect({ host: 'several.invalid', port, lookup(host, o, cb) { process.nextTick(cb, null, [{ address: '::1', family: 6 }, { address: '::1', family: 6 }, { address: 'junk', family: 6 }, { address: '127.0.0.2', family: 4 }, { address: '127.0.0.1', family: 4 }]); } });
      watch('c', c);
      c.on('lookup', (e, a, f, h) => log('lookup', e, a, f, h));
      c.on('connectionAttempt', (a, p, f) => log('attempt', a, p === port, f));
      c.on('connectionAttemptFailed', (a, p, f, e) => log('failed', a, p === port, f, msg(e)));
      c.on('connectionAttemptTimeout', (a, p, f) => log('timeout', a, p === port, f));
      c.resume();
      log('attempted', JSON.stringify(c.autoSelectFamilyAttemptedAddresses));
      c.on('connect', () => log('attempted', c.autoSelectFamilyAttemptedAddresses.map((a) => a.replace(port, 'PORT')).join(), c.remoteAddress));
      c.on('close', () => srv.close());
    });
  },
  attemptsFail() {
    serve({}, () => {}, (port, srv) => {
      srv.close(() => {
        const b = new net.BlockList(); b.addAddress('127.0.0.3');
        const c = net.connect({ host: 'several.invalid', port, blockList: b, lookup(host, o, cb) { process.nextTick(cb, null, [{ address: '127.0.0.2', family: 4 }, { address: '::1', family: 6 }, { address: '127.0.0.3', family: 4 }]); } });
        c.on('connectionAttempt', (a, p, f) => { log('attempt', a, p === port, f); tick('attempt'); });
        c.on('connectionAttemptFailed', (a, p, f, e) => log('failed', a, p === port, f, msg(e)));
        c.on('error', (e) => { log('error', e.constructor.name, e.name, e.code, JSON.stringify(e.message), Object.keys(e).join(), e.errors.length); for (const x of e.errors) log('of', msg(x)); });
        c.on('close', (h) => log('close', h));
      });
    });
  },
  onread() {
    serve({}, (c) => { c.end('0123456789'); c.resume(); }, (port, srv) => {
      const buffer = Buffer.alloc(4);
      let n = 0;
      const c = net.connect({ port, host: '127.0.0.1', onread: { buffer, callback(size, b) { log('read', size, String(b.subarray(0, size)), b === buffer); tick('read'); if (n++ === 0) { setImmediate(() => { log('resume'); c.resume(); }); return false; } } } });
      watch('c', c);
      c.on('close', () => { log('bytesRead', c.bytesRead); srv.close(); });
    });
  },
  signal() {
    serve({}, (c) => { c.resume(); }, (port, srv) => {
      const ac = new AbortController();
      const c = watch('c', net.connect({ port, host: '127.0.0.1', signal: ac.signal }, () => { ac.abort(); log('aborted', c.destroyed); tick('abort'); }));
      c.on('close', () => srv.close());
    });
  },
  listenSignal() {
    const ac = new AbortController();
    const srv = net.createServer();
    srv.on('close', () => log('close'));
    srv.listen({ port: 0, signal: ac.signal }, () => { log('listening'); ac.abort(); log('listens', srv.listening); tick('abort'); });
  },
  unref() {
    const srv = net.createServer((c) => { log('s'); c.unref(); });
    srv.listen(0, '127.0.0.1', () => {
      log('listening');
      const c = new net.Socket();
      c.unref();
      log(c.listenerCount('connect'));
      c.connect(srv.address().port, '127.0.0.1', () => { log('connect'); setImmediate(() => log('immediate')); });
    });
    srv.unref();
  },
  twoReads() {
    const two = [];
    serve({}, (c) => {
      two.push(c);
      if (two.length === 2) setImmediate(() => { two[0].write('one'); two[1].write('two'); two[0].end(); two[1].end(); });
      c.resume();
    }, (port, srv) => {
      let left = 2;
      for (const name of ['a', 'b']) {
        const c = net.connect(port, '127.0.0.1');
        c.on('data', (d) => { log(name, d); tick(name); Promise.resolve().then(() => log('micro', name)); });
        c.on('end', () => log(name, 'end'));
        c.on('close', () => { log(name, 'close'); if (--left === 0) srv.close(); });
      }
    });
  },
  errorInClose() {
    serve({}, (c) => { c.resume(); }, (port, srv) => {
      const c = net.connect(port, '127.0.0.1', () => {
        c.destroy(new Error('first'));
        c.destroy(new Error('second'));
        log('state', c.readyState, c.remoteAddress, c.localAddress, c.address().port);
      });
      c.on('error', (e) => { log('error', e.message, c.closed); c.destroy(new Error('third')); });
      c.on('close', (h) => { log('close', h, c.closed); srv.close(); });
    });
  },
  address() {
    serve({}, (c) => {
      log('s', c.remoteAddress, c.remoteFamily, c.localAddress, c.localFamily);
      c.on('close', () => log('s closed', c.remoteAddress, c.localAddress, JSON.stringify(c.address())));
      c.resume();
    }, (port, srv) => {
      const c = net.connect({ port, host: '127.0.0.1', localAddress: '127.0.0.2' }, () => {
        log('c', c.remoteAddress, c.remotePort === port, c.remoteFamily, c.localAddress, c.localFamily, Object.keys(c.address()).join());
        c.end();
      });
      log('c before', c.remoteAddress, c.localAddress);
      c.resume();
      c.on('close', () => { log('c closed', c.remoteAddress, c.localAddress); srv.close(); });
    });
  },
};

const name = process.argv[2];
if (name) {
  scenarios[name]();
} else {
  const { spawnSync } = require('child_process');
  for (const n of Object.keys(scenarios)) {
    const r = spawnSync(process.execPath, [__filename, n], { encoding: 'utf8' });
    process.stdout.write(`== ${n}\n${r.stdout}${r.stderr}`);
  }
}
