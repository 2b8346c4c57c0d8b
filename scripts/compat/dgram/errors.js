// What throws, what is an event, and what a closed socket does.
'use strict';
const dgram = require('dgram');
const tell = (name, f) => { try { console.log(name, f()); } catch (e) { console.log(name, e.name, e.code, e.message); } };

tell('type', () => dgram.createSocket('tcp'));
tell('no type', () => dgram.createSocket());
tell('lookup', () => dgram.createSocket({ type: 'udp4', lookup: 1 }));
tell('signal', () => dgram.createSocket({ type: 'udp4', signal: {} }));
tell('size', () => dgram.createSocket({ type: 'udp4', recvBufferSize: 'a' }));
tell('block list', () => dgram.createSocket({ type: 'udp4', receiveBlockList: [] }));

const s = dgram.createSocket('udp4');
tell('address', () => s.address());
tell('ttl', () => s.setTTL(4));
tell('ttl type', () => s.setTTL('4'));
tell('buffer', () => s.getRecvBufferSize());
tell('buffer value', () => s.setSendBufferSize(-1));
tell('interface', () => s.setMulticastInterface(1));
tell('group', () => s.addMembership());
tell('source', () => s.addSourceSpecificMembership(0, '224.0.0.1'));
tell('queue', () => [s.getSendQueueSize(), s.getSendQueueCount()]);
tell('send', () => s.send());
tell('send list', () => s.send(['a', 1], 1));
tell('send port', () => s.send('a', 70000));
tell('send address', () => s.send('a', 1, {}));

s.bind(0, '127.0.0.1', () => {
  tell('bind again', () => s.bind(0));
  tell('ttl range', () => s.setTTL(1000));
  tell('ttl', () => s.setTTL(40));
  const t = dgram.createSocket('udp4');
  t.on('error', (e) => {
    console.log(e.code, e.syscall, e.address, e.port === s.address().port);
    t.close(() => console.log('closed'));
    s.close();
    tell('send', () => s.send('x', 1));
    tell('close', () => s.close());
    tell('ref', () => s.ref() === s && s.unref() === s);
    tell('ttl', () => s.setTTL(1));
    tell('address', () => s.address());
  });
  t.bind(s.address().port, '127.0.0.1', () => console.log('unexpected'));
});

const ac = new AbortController();
const aborted = dgram.createSocket({ type: 'udp4', signal: ac.signal }).on('close', () => console.log('aborted close'));
ac.abort();
const looked = dgram.createSocket({ type: 'udp4', lookup(host, family, cb) { console.log('lookup', host, family); cb(new Error('no')); } });
looked.on('error', (e) => { console.log('error', e.message); looked.close(); });
looked.bind(0, 'somewhere');
