// The runner's options on the command line
// (https://nodejs.org/docs/latest-v24.x/api/cli.html#--test).
(function (host) {
  const { process } = globalThis;

  // Values of an option that may be repeated: --name=value or --name value.
  function values(name) {
    const list = [];
    const args = process.execArgv;
    for (let i = 0; i < args.length; i++) {
      if (args[i].startsWith(`${name}=`)) list.push(args[i].slice(name.length + 1));
      else if (args[i] === name && i + 1 < args.length) list.push(args[++i]);
    }
    return list;
  }

  const flag = (name) => process.execArgv.includes(name);

  // A pattern of names: /text/flags, or the text of a regular expression.
  function pattern(text) {
    const m = /^\/(.*)\/([a-z]*)$/.exec(text);
    try {
      return m === null ? new RegExp(text) : new RegExp(m[1], m[2]);
    } catch (e) {
      return host.argValue('patterns', text, `is an invalid regular expression.${e.message ? ` ${e.message}` : ''}`);
    }
  }

  const number = (name) => {
    const list = values(name);
    return list.length === 0 ? undefined : Number(list.at(-1));
  };

  return {
    values, flag, pattern,
    read() {
      return {
        reporters: values('--test-reporter'),
        destinations: values('--test-reporter-destination'),
        namePatterns: values('--test-name-pattern').map(pattern),
        skipPatterns: values('--test-skip-pattern').map(pattern),
        only: flag('--test-only'),
        forceExit: flag('--test-force-exit'),
        updateSnapshots: flag('--test-update-snapshots'),
        timeout: number('--test-timeout'),
        concurrency: number('--test-concurrency'),
        shard: values('--test-shard').at(-1),
        isolation: values('--test-isolation').at(-1) ?? values('--experimental-test-isolation').at(-1) ?? 'process',
        globalSetup: values('--test-global-setup').at(-1),
        child: process.env.NODE_TEST_CONTEXT === 'child-v8',
      };
    },
  };
})
