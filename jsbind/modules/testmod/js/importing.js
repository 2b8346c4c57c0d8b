// import() of what the command line or an option names: a file, or a package
// that is found from the working directory.
(function (host) {
  const { pathToFileURL } = host.require('url');
  const { createRequire, builtinModules } = host.require('module');
  const path = host.require('path');
  const { process } = globalThis;

  host.importFrom = async (name) => {
    if (/^[a-z]+:/i.test(name) || builtinModules.includes(name)) return import(name);
    if (path.isAbsolute(name) || /^\.{1,2}(?:\/|$)/.test(name)) return import(pathToFileURL(path.resolve(name)).href);
    let found;
    try {
      found = createRequire(path.join(process.cwd(), '[test]')).resolve(name);
    } catch (e) {
      if (e.code !== 'MODULE_NOT_FOUND') throw e;
      host.fail('Error', 'ERR_MODULE_NOT_FOUND', `Cannot find package '${name}' imported from ${process.cwd()}/`);
    }
    return import(pathToFileURL(found).href);
  };
  host.relative = (file) => path.relative(process.cwd(), file ?? '');
  return host.importFrom;
})
