// Database servers for the cases: each is started on a free port of loopback in
// a folder of its own, and ended with the folder by stop().
'use strict';
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');
const { spawn, execFileSync } = require('child_process');

const wait = (ms) => new Promise((r) => setTimeout(r, ms));
const freePort = () => new Promise((resolve, reject) => {
  const s = net.createServer().on('error', reject).listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => resolve(port)); });
});

// find looks for a program in the path and in where Debian puts servers.
function find(name, ...dirs) {
  const dir = (process.env.PATH || '').split(':').concat('/usr/sbin', '/usr/local/sbin', dirs).find((d) => fs.existsSync(path.join(d, name)));
  if (!dir) throw new Error(`${name} is not installed`);
  return path.join(dir, name);
}

// account is who a server that refuses to be root runs as.
function account(name) {
  if (process.getuid() !== 0) return {};
  const line = fs.readFileSync('/etc/passwd', 'utf8').split('\n').find((l) => l.startsWith(name + ':'));
  if (!line) throw new Error(`there is no user ${name}`);
  const [, , uid, gid] = line.split(':').map(Number);
  return { uid, gid };
}

// serve starts a server and waits until it takes connections.
async function serve(port, dir, file, args, user) {
  const child = spawn(file, args, { ...user, cwd: dir, stdio: 'ignore' });
  let ended = false;
  const exit = new Promise((r) => child.on('exit', () => { ended = true; r(); }));
  const onExit = () => child.kill('SIGKILL');
  process.on('exit', onExit);
  const reached = () => new Promise((resolve) => { const c = net.connect(port, '127.0.0.1', () => { c.destroy(); resolve(true); }).on('error', () => resolve(false)); });
  for (let i = 0; !(await reached()); i++) {
    if (ended || i > 300) throw new Error(`${path.basename(file)} does not start`);
    await wait(50);
  }
  const stop = async (signal = 'SIGKILL') => {
    child.kill(signal);
    await exit;
    process.removeListener('exit', onExit);
    fs.rmSync(dir, { recursive: true, force: true });
  };
  return { port, dir, child, stop };
}

function folder(user) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'case-'));
  if (user.uid !== undefined) fs.chownSync(dir, user.uid, user.gid);
  return dir;
}

// The user of the database is app, the password 'correct horse', the database
// postgres.
exports.postgres = async () => {
  const versions = fs.existsSync('/usr/lib/postgresql') ? fs.readdirSync('/usr/lib/postgresql').map((v) => `/usr/lib/postgresql/${v}/bin`) : [];
  const user = account('postgres');
  const dir = folder(user);
  const data = path.join(dir, 'data'), password = path.join(dir, 'password');
  fs.writeFileSync(password, 'correct horse', { mode: 0o644 });
  execFileSync(find('initdb', ...versions), ['-D', data, '-A', 'scram-sha-256', '-U', 'app', '--pwfile', password, '--no-sync', '-E', 'UTF8', '--locale', 'C'], { ...user, stdio: 'ignore', cwd: dir });
  const port = await freePort();
  const server = await serve(port, dir, find('postgres', ...versions), ['-D', data, '-k', dir, '-h', '127.0.0.1', '-p', String(port), '-c', 'fsync=off', '-c', 'timezone=UTC'], user);
  return { ...server, config: { host: '127.0.0.1', port, user: 'app', password: 'correct horse', database: 'postgres' } };
};

exports.redis = async (...args) => {
  const dir = folder({});
  const port = await freePort();
  return serve(port, dir, find('redis-server'), ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', 'no', ...args], {});
};

// MariaDB: root without a password, database test.
exports.mariadb = async () => {
  const user = account('mysql');
  const dir = folder(user);
  const data = path.join(dir, 'data');
  execFileSync(find('mariadb-install-db', '/usr/bin'), ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'], { ...user, stdio: 'ignore', cwd: dir });
  const port = await freePort();
  const server = await serve(port, dir, find('mariadbd'), ['--no-defaults', `--datadir=${data}`, `--socket=${path.join(dir, 's')}`, `--port=${port}`, '--bind-address=127.0.0.1', '--skip-name-resolve', '--default-time-zone=+00:00', `--pid-file=${path.join(dir, 'pid')}`], user);
  return { ...server, config: { host: '127.0.0.1', port, user: 'root', password: '' } };
};

exports.wait = wait;
