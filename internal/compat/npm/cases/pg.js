'use strict';
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');
const { spawn, execFileSync } = require('child_process');
const { run, attempt } = require('./lib');
const pg = require('pg');

// PostgreSQL's programs, from the path or from where Debian puts them.
function programs() {
  const dirs = (process.env.PATH || '').split(':').concat((fs.existsSync('/usr/lib/postgresql') ? fs.readdirSync('/usr/lib/postgresql') : []).map((v) => `/usr/lib/postgresql/${v}/bin`));
  return dirs.find((d) => fs.existsSync(path.join(d, 'initdb')) && fs.existsSync(path.join(d, 'postgres')));
}

// It does not run as root.
function owner() {
  if (process.getuid() !== 0) return {};
  const line = fs.readFileSync('/etc/passwd', 'utf8').split('\n').find((l) => l.startsWith('postgres:'));
  const [, , uid, gid] = line.split(':').map(Number);
  return { uid, gid };
}

run(async () => {
  const bin = programs();
  if (!bin) return console.log('no PostgreSQL here');
  const user = owner();
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'case-'));
  fs.writeFileSync(path.join(dir, 'password'), 'correct horse');
  if (user.uid) for (const f of [dir, path.join(dir, 'password')]) fs.chownSync(f, user.uid, user.gid);
  const data = path.join(dir, 'data');
  execFileSync(path.join(bin, 'initdb'), ['-D', data, '-A', 'scram-sha-256', '-U', 'app', '--pwfile', path.join(dir, 'password'), '--no-sync', '-E', 'UTF8', '--locale', 'C'], { ...user, stdio: 'ignore', cwd: dir });
  const port = await new Promise((resolve) => { const s = net.createServer().listen(0, '127.0.0.1', () => { const p = s.address().port; s.close(() => resolve(p)); }); });
  const server = spawn(path.join(bin, 'postgres'), ['-D', data, '-k', dir, '-h', '127.0.0.1', '-p', String(port), '-c', 'fsync=off', '-c', 'timezone=UTC'], { ...user, cwd: dir, stdio: 'ignore' });
  const config = { host: '127.0.0.1', port, user: 'app', password: 'correct horse', database: 'postgres' };
  for (let i = 0; ; i++) {
    const c = new pg.Client(config);
    try { await c.connect(); await c.end(); break; } catch (e) { if (i > 200) throw e; await new Promise((r) => setTimeout(r, 100)); }
  }
  const client = new pg.Client(config);
  await client.connect();
  console.log((await client.query('select 1 + 1 as two, $1::text as text, $2::jsonb as json, $3::bytea as bytes, $4::int[] as list, null as nothing, true as yes, 1.5::float8 as f, 12345678901234567890::numeric as n, 9007199254740993::int8 as big, $5::timestamptz as t', ['zoë', { a: [1, null] }, Buffer.from([0, 255]), [1, 2, 3], new Date(0)])).rows);
  await client.query('create table items (id serial primary key, name text unique not null, price numeric(10, 2), tags text[])');
  const inserted = await client.query('insert into items (name, price, tags) values ($1, $2, $3), ($4, $5, $6) returning *', ['one', 1.5, ['a', 'b"c'], 'two', '2.50', []]);
  console.log(inserted.command, inserted.rowCount, inserted.rows, inserted.fields.map((f) => [f.name, f.dataTypeID]));
  await attempt('unique', () => client.query('insert into items (name) values ($1)', ['one']).catch((e) => [e.name, e.code, e.message, e.detail, e.constraint, e.table]));
  await attempt('syntax', () => client.query('selec 1').catch((e) => [e.code, e.message, e.position]));
  await attempt('type', () => client.query('select $1::int', ['x']).catch((e) => [e.code, e.message]));
  console.log((await client.query({ text: 'select name from items order by id', rowMode: 'array' })).rows);
  for (let i = 0; i < 3; i++) console.log((await client.query({ name: 'prepared', text: 'select $1::int * 2 as d', values: [i] })).rows[0].d);
  console.log((await client.query('select 1 as a; select 2 as b')).map((r) => r.rows));
  await client.query('begin');
  await client.query('delete from items');
  await client.query('rollback');
  console.log((await client.query('select count(*) from items')).rows);
  // Many rows, as events.
  await new Promise((resolve, reject) => {
    let n = 0;
    const q = client.query(new pg.Query('select i, repeat(\'x\', 100) as t from generate_series(1, 20000) i'));
    q.on('row', (r) => { n += r.i; }).on('end', (r) => { console.log('rows', n, r.command); resolve(); }).on('error', reject);
  });
  const listener = new pg.Client(config);
  await listener.connect();
  await listener.query('listen channel');
  const told = new Promise((resolve) => listener.on('notification', (m) => resolve([m.channel, m.payload])));
  listener.on('notice', (m) => console.log('notice', m.message));
  await client.query("notify channel, 'payload ü'");
  console.log(await told);
  await listener.query("do $$ begin raise notice 'said'; end $$");
  await listener.end();
  const pool = new pg.Pool({ ...config, max: 3, idleTimeoutMillis: 50 });
  console.log((await Promise.all(Array.from({ length: 12 }, (_, i) => pool.query('select $1::int as i, pg_sleep(0.01)', [i])))).map((r) => r.rows[0].i).join(), pool.totalCount);
  const c = await pool.connect();
  await attempt('released', async () => { c.release(); c.release(); });
  await attempt('timeout', () => pool.query("set statement_timeout = 20; select pg_sleep(2)").catch((e) => [e.code, e.message]));
  await pool.end();
  await attempt('ended', () => pool.query('select 1'));
  await attempt('password', () => new pg.Client({ ...config, password: 'wrong' }).connect().catch((e) => [e.code, e.message]));
  await attempt('database', () => new pg.Client({ ...config, database: 'nowhere' }).connect().catch((e) => [e.code, e.message]));
  await attempt('refused', () => new pg.Client({ ...config, port: 1 }).connect().catch((e) => [e.code, e.message]));
  const cut = new Promise((resolve) => client.on('error', (e) => resolve([e.code, e.message])));
  server.kill('SIGQUIT');
  console.log(await cut);
  await new Promise((resolve) => server.on('exit', resolve));
  fs.rmSync(dir, { recursive: true });
});
