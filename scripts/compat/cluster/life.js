// The life of workers as primary and worker see it: states, events, exit codes.
'use strict';
const cluster = require('cluster');
const net = require('net');

if (cluster.isPrimary) {
  console.log(cluster.isWorker, cluster.isMaster, cluster.SCHED_NONE, cluster.SCHED_RR, cluster.schedulingPolicy, cluster.worker);
  cluster.setupPrimary({ args: ['one', 'two'] });
  console.log(cluster.settings.args, cluster.settings.silent);
  let log = [];
  for (const e of ['fork', 'online', 'listening', 'disconnect', 'exit']) {
    cluster.on(e, (w, ...rest) => {
      log.push(`${e} ${w.id} ${w.state} ${w.exitedAfterDisconnect} ${w.isConnected()} ${w.isDead()} ` +
        JSON.stringify(rest.map((r) => (r && r.port ? { ...r, port: 'some' } : r))));
    });
  }
  const run = (env, drive, next) => {
    log = [];
    const w = cluster.fork(env);
    console.log(w.id, w.state, w.exitedAfterDisconnect, Object.keys(cluster.workers), w.process.constructor.name);
    drive(w);
    w.on('exit', (code, signal) => {
      console.log(log.join('\n'));
      console.log('worker exit', code, signal, Object.keys(cluster.workers));
      next();
    });
  };
  run({ HOW: 'listen' }, (w) => w.on('listening', () => w.disconnect()), () =>
    run({ HOW: 'exit' }, () => {}, () =>
      run({ HOW: 'self' }, () => {}, () =>
        run({ HOW: 'kill' }, (w) => w.on('listening', () => w.kill()), () =>
          run({ HOW: 'message' }, (w) => w.on('message', (m) => { console.log('message', m); w.send('back'); }), () =>
            cluster.disconnect(() => console.log('all gone')))))));
} else {
  const { HOW } = process.env;
  if (process.argv[2] !== 'one' || process.env.NODE_UNIQUE_ID !== undefined || cluster.worker.id < 1) process.exit(99);
  if (HOW === 'exit') process.exit(7);
  if (HOW === 'listen' || HOW === 'kill') net.createServer().listen(0, '127.0.0.1');
  if (HOW === 'self') net.createServer().listen(0, '127.0.0.1', () => cluster.worker.disconnect());
  if (HOW === 'message') { process.send({ from: 'worker' }); process.on('message', (m) => process.exit(m === 'back' ? 3 : 4)); }
}
