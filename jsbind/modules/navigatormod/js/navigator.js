// Navigator (https://nodejs.org/docs/latest-v24.x/api/globals.html#class-navigator)
// and the locks of the web (https://w3c.github.io/web-locks/).
(host, native) => {
  const { state: kState } = host.symbols;
  const { process } = host.global;
  const secret = {};
  const lists = new Map();

  function need(v, kind) {
    const s = v?.[kState];
    if (s === undefined || s.kind !== kind) throw host.invalidThis(kind);
    return s;
  }
  function make(cls, state) {
    return Object.defineProperty(Object.create(cls.prototype), kState, { value: state });
  }
  const members = (cls, ...names) => names.forEach((name) => Object.defineProperty(cls.prototype, name, { enumerable: true }));
  const tag = (cls) => Object.defineProperty(cls.prototype, Symbol.toStringTag, { value: cls.name, configurable: true });

  class Lock {
    constructor() {
      throw host.illegalConstructor();
    }

    get name() {
      return need(this, 'Lock').name;
    }

    get mode() {
      return need(this, 'Lock').mode;
    }
  }
  members(Lock, 'name', 'mode');
  tag(Lock);

  class LockManager {
    constructor() {
      throw host.illegalConstructor();
    }

    async request(name, options, callback = undefined) {
      need(this, 'LockManager');
      if (callback === undefined) {
        callback = options;
        options = undefined;
      }
      name = `${name}`;
      if (typeof callback !== 'function') host.argType('callback', callback, 'function');
      const { mode = 'exclusive', ifAvailable = false, steal = false, signal } = options ?? {};
      if (mode !== 'exclusive' && mode !== 'shared') throw host.error('TypeError', 'ERR_INVALID_ARG_VALUE', `mode value '${mode}' is not a valid enum value of type LockMode.`);
      if (name.startsWith('-')) throw host.domException('Lock name may not start with hyphen', 'NotSupportedError');
      if (ifAvailable && steal) throw host.domException('ifAvailable and steal are mutually exclusive', 'NotSupportedError');
      if (steal && mode !== 'exclusive') throw host.domException('mode: "shared" and steal are mutually exclusive', 'NotSupportedError');
      if (signal && (steal || ifAvailable)) throw host.domException('signal cannot be used with steal or ifAvailable', 'NotSupportedError');
      if (signal !== undefined) {
        if (signal === null || !(signal instanceof host.global.AbortSignal)) host.argType('options.signal', signal, 'AbortSignal');
        signal.throwIfAborted();
      }
      return new Promise((resolve, reject) => {
        const hold = (release) => {
          const lock = make(Lock, { kind: 'Lock', name, mode });
          run(() => callback(lock), release);
        };
        const run = (f, release) => new Promise((done) => done(f())).then((v) => {
          release();
          resolve(v);
        }, (e) => {
          release();
          reject(e);
        });
        const request = native.request(name, mode === 'shared', !!ifAvailable, !!steal, (release) => {
          signal?.removeEventListener('abort', onAbort);
          hold(release);
        }, () => run(() => callback(null), () => {}), () => reject(host.domException('The operation was aborted', 'AbortError')));
        function onAbort() {
          request.cancel();
          reject(signal.reason);
        }
        signal?.addEventListener('abort', onAbort, { once: true });
      });
    }

    async query() {
      need(this, 'LockManager');
      return native.query();
    }
  }
  members(LockManager, 'request', 'query');
  tag(LockManager);
  const locks = make(LockManager, { kind: 'LockManager' });

  class Navigator {
    constructor(given = undefined) {
      if (given !== secret) throw host.illegalConstructor();
      Object.defineProperty(this, kState, { value: { kind: 'Navigator' } });
    }

    get hardwareConcurrency() {
      need(this, 'Navigator');
      return host.require('os').availableParallelism();
    }

    get locks() {
      need(this, 'Navigator');
      return locks;
    }

    get language() {
      need(this, 'Navigator');
      return host.global.Intl?.DateTimeFormat?.().resolvedOptions().locale || 'en-US';
    }

    get languages() {
      need(this, 'Navigator');
      if (!lists.has('languages')) lists.set('languages', Object.freeze([this.language]));
      return lists.get('languages');
    }

    get userAgent() {
      need(this, 'Navigator');
      return `Node.js/${process.version.slice(1, process.version.indexOf('.'))}`;
    }

    get platform() {
      need(this, 'Navigator');
      const { arch, platform } = process;
      switch (platform) {
        case 'darwin':
          return 'MacIntel';
        case 'win32':
          return 'Win32';
        case 'linux':
          return arch === 'ia32' ? 'Linux i686' : arch === 'x64' ? 'Linux x86_64' : `Linux ${arch}`;
        case 'freebsd':
        case 'openbsd':
          return `${platform === 'freebsd' ? 'FreeBSD' : 'OpenBSD'} ${arch === 'ia32' ? 'i386' : arch === 'x64' ? 'amd64' : arch}`;
        case 'sunos':
          return arch === 'ia32' ? 'SunOS i86pc' : `SunOS ${arch}`;
        case 'aix':
          return 'AIX';
      }
      return `${platform[0].toUpperCase()}${platform.slice(1)} ${arch}`;
    }
  }
  members(Navigator, 'hardwareConcurrency', 'language', 'languages', 'userAgent', 'platform');
  return { Navigator, navigator: new Navigator(secret), locks };
};
