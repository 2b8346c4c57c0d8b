// node:sqlite (https://nodejs.org/docs/latest-v24.x/api/sqlite.html): there is no
// SQLite in the program.
(function (host) {
  const { process } = globalThis;
  process.emitWarning('SQLite is an experimental feature and might change at any time', 'ExperimentalWarning');
  const illegal = () => host.fail('Error', 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
  const withMethods = (ctor, list) => {
    for (const name of list) ctor.prototype[name] = { [name]() { host.notImplemented(`${ctor.name}.prototype.${name}()`); } }[name];
    return ctor;
  };

  function DatabaseSync(path, options) {
    if (!new.target) host.fail('TypeError', 'ERR_CONSTRUCT_CALL_REQUIRED', 'Cannot call constructor without `new`');
    if (typeof path !== 'string' && !(path instanceof Uint8Array) && !(path instanceof URL)) {
      host.fail('TypeError', 'ERR_INVALID_ARG_TYPE', 'The "path" argument must be a string, Uint8Array, or URL without null bytes.');
    }
    if (options !== undefined && (options === null || typeof options !== 'object')) host.fail('TypeError', 'ERR_INVALID_ARG_TYPE', 'The "options" argument must be an object.');
    host.notImplemented('new DatabaseSync()');
  }
  withMethods(DatabaseSync, ['open', 'close', 'prepare', 'exec', 'function', 'createTagStore', 'location', 'aggregate', 'createSession',
    'applyChangeset', 'enableLoadExtension', 'enableDefensive', 'loadExtension', 'setAuthorizer']);
  function StatementSync() { illegal(); }
  withMethods(StatementSync, ['iterate', 'all', 'get', 'run', 'columns', 'setAllowBareNamedParameters', 'setAllowUnknownNamedParameters',
    'setReadBigInts', 'setReturnArrays']);
  function Session() { illegal(); }
  withMethods(Session, ['changeset', 'patchset', 'close']);

  // SQLite's own numbers (https://sqlite.org/c3ref/constlist.html).
  const constants = {
    SQLITE_CHANGESET_OMIT: 0, SQLITE_CHANGESET_REPLACE: 1, SQLITE_CHANGESET_ABORT: 2,
    SQLITE_CHANGESET_DATA: 1, SQLITE_CHANGESET_NOTFOUND: 2, SQLITE_CHANGESET_CONFLICT: 3, SQLITE_CHANGESET_CONSTRAINT: 4,
    SQLITE_CHANGESET_FOREIGN_KEY: 5, SQLITE_OK: 0, SQLITE_DENY: 1, SQLITE_IGNORE: 2,
  };
  ['CREATE_INDEX', 'CREATE_TABLE', 'CREATE_TEMP_INDEX', 'CREATE_TEMP_TABLE', 'CREATE_TEMP_TRIGGER', 'CREATE_TEMP_VIEW', 'CREATE_TRIGGER',
    'CREATE_VIEW', 'DELETE', 'DROP_INDEX', 'DROP_TABLE', 'DROP_TEMP_INDEX', 'DROP_TEMP_TABLE', 'DROP_TEMP_TRIGGER', 'DROP_TEMP_VIEW',
    'DROP_TRIGGER', 'DROP_VIEW', 'INSERT', 'PRAGMA', 'READ', 'SELECT', 'TRANSACTION', 'UPDATE', 'ATTACH', 'DETACH', 'ALTER_TABLE',
    'REINDEX', 'ANALYZE', 'CREATE_VTABLE', 'DROP_VTABLE', 'FUNCTION', 'SAVEPOINT'].forEach((name, i) => { constants[`SQLITE_${name}`] = i + 1; });
  constants.SQLITE_COPY = 0;
  constants.SQLITE_RECURSIVE = 33;

  return {
    DatabaseSync, StatementSync, Session, constants,
    backup(sourceDb, path) {
      if (!(sourceDb instanceof DatabaseSync)) host.fail('TypeError', 'ERR_INVALID_ARG_TYPE', 'The "sourceDb" argument must be an object.');
      host.notImplemented('sqlite.backup()');
    },
  };
})
