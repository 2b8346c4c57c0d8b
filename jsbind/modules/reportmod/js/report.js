// process.report (https://nodejs.org/docs/latest-v24.x/api/process.html#processreport).
(function (host) {
  const os = host.require('os');
  const fs = host.require('fs');
  const path = host.require('path');
  const v8 = host.require('v8');
  const { process } = globalThis;
  const option = (name) => process.execArgv.findLast((a) => a.startsWith(`--report-${name}=`))?.slice(`--report-${name}=`.length);
  const flag = (name) => process.execArgv.includes(`--report-${name}`);
  const state = { directory: option('directory') ?? option('dir') ?? '', filename: option('filename') ?? '', compact: flag('compact'),
    excludeNetwork: flag('exclude-network'), excludeEnv: flag('exclude-env'), signal: option('signal') ?? 'SIGUSR2',
    reportOnFatalError: flag('on-fatalerror'), reportOnSignal: false, reportOnUncaughtException: false };
  let sequence = 0;

  const two = (n) => String(n).padStart(2, '0');

  function fileName(now) {
    const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
    const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
    return `report.${date}.${time}.${process.pid}.${host.require('worker_threads').threadId}.${String(++sequence).padStart(3, '0')}.json`;
  }

  function stackOf(err) {
    const [head, ...rest] = String(err.stack ?? '').split('\n');
    const at = rest.findIndex((l) => /^\s+at /.test(l));
    return { message: [head, ...rest.slice(0, at < 0 ? rest.length : at)].join('\n'),
      stack: at < 0 ? [] : rest.slice(at).map((l) => l.trim()), errorProperties: Object.fromEntries(Object.entries(err).map(([k, v]) => [k, String(v)])) };
  }

  function heap() {
    const s = v8.getHeapStatistics();
    const heapSpaces = {};
    for (const x of v8.getHeapSpaceStatistics()) {
      heapSpaces[x.space_name] = { memorySize: x.space_size, committedMemory: x.physical_space_size, capacity: x.space_used_size + x.space_available_size,
        used: x.space_used_size, available: x.space_available_size };
    }
    return { totalMemory: s.total_heap_size, executableMemory: s.total_heap_size_executable, totalCommittedMemory: s.total_physical_size,
      availableMemory: s.total_available_size, totalGlobalHandlesMemory: s.total_global_handles_size, usedGlobalHandlesMemory: s.used_global_handles_size,
      usedMemory: s.used_heap_size, memoryLimit: s.heap_size_limit, mallocedMemory: s.malloced_memory, externalMemory: s.external_memory,
      peakMallocedMemory: s.peak_malloced_memory, nativeContextCount: s.number_of_native_contexts, detachedContextCount: s.number_of_detached_contexts,
      doesZapGarbage: s.does_zap_garbage, heapSpaces };
  }

  function usage() {
    const u = process.resourceUsage();
    const seconds = process.uptime();
    const percent = (n) => (seconds > 0 ? n / 1e6 / seconds * 100 : 0);
    const cpu = { userCpuSeconds: u.userCPUTime / 1e6, kernelCpuSeconds: u.systemCPUTime / 1e6, cpuConsumptionPercent: percent(u.userCPUTime + u.systemCPUTime),
      userCpuConsumptionPercent: percent(u.userCPUTime), kernelCpuConsumptionPercent: percent(u.systemCPUTime) };
    const fsActivity = { reads: u.fsRead, writes: u.fsWrite };
    return [{ free_memory: os.freemem(), total_memory: os.totalmem(), rss: process.memoryUsage.rss(), constrained_memory: process.constrainedMemory(),
      available_memory: process.availableMemory(), ...cpu, maxRss: u.maxRSS * 1024, pageFaults: { IORequired: u.majorPageFault, IONotRequired: u.minorPageFault }, fsActivity },
    { ...cpu, fsActivity }];
  }

  function make(event, trigger, filename, err) {
    const now = new Date();
    const [resourceUsage, uvthreadResourceUsage] = usage();
    const interfaces = [];
    for (const [name, list] of Object.entries(os.networkInterfaces())) {
      for (const { internal, mac, address, netmask, family, scopeid } of list) interfaces.push({ name, internal, mac, address, netmask, family, ...(scopeid !== undefined && { scopeid }) });
    }
    const report = {
      header: {
        reportVersion: 5, event, trigger, filename, dumpEventTime: now.toISOString().replace(/\.\d+Z$/, 'Z'), dumpEventTimeStamp: String(now.getTime()),
        processId: process.pid, threadId: host.require('worker_threads').threadId, cwd: process.cwd(), commandLine: [process.argv0, ...process.execArgv, ...process.argv.slice(1)],
        nodejsVersion: process.version, wordSize: /64|s390x/.test(process.arch) ? 64 : 32, arch: process.arch, platform: process.platform,
        componentVersions: { ...process.versions }, release: { ...process.release }, osName: os.type(), osRelease: os.release(), osVersion: os.version(),
        osMachine: os.machine(), cpus: os.cpus().map(({ model, speed, times }) => ({ model, speed, ...times })),
        ...(!state.excludeNetwork && { networkInterfaces: interfaces }), host: os.hostname(),
      },
      javascriptStack: stackOf(err),
      javascriptHeap: heap(),
      nativeStack: [],
      resourceUsage,
      uvthreadResourceUsage,
      libuv: process.getActiveResourcesInfo().map((type) => ({ type, is_active: true })),
      workers: [],
      ...(!state.excludeEnv && { environmentVariables: { ...process.env } }),
      userLimits: host.limits(),
      sharedObjects: [],
    };
    return report;
  }

  // write stores a report and returns its file's name.
  function write(event, trigger, file, err) {
    const name = file || state.filename || fileName(new Date());
    const text = JSON.stringify(make(event, trigger, name, err), null, state.compact ? undefined : 2) + '\n';
    if (name === 'stdout' || name === 'stderr') {
      process[name].write(text);
      return name;
    }
    fs.writeSync(2, `\nWriting Node.js report to file: ${name}\n`);
    fs.writeFileSync(path.resolve(state.directory, name), text);
    fs.writeSync(2, 'Node.js report completed\n');
    return name;
  }

  const onSignal = (signal) => write(signal, 'Signal', '', new Error('JavaScript Callstack'));
  const onUncaught = (err) => write(err?.message ?? String(err), 'Exception', '', host.isError(err) ? err : new Error(String(err)));

  function listen(event, handler, on) {
    process.removeListener(event, handler);
    if (on) process.prependListener(event, handler);
  }

  const report = {
    writeReport(file, err) {
      if (typeof file === 'object' && file !== null) {
        err = file;
        file = undefined;
      } else if (file !== undefined) {
        host.checkString(file, 'file');
      }
      if (err === undefined) err = new Error('JavaScript Callstack');
      else if (err === null || typeof err !== 'object') host.argType('err', err, 'Object');
      return write('JavaScript API', 'API', file, err);
    },

    getReport(err) {
      if (err === undefined) err = new Error('JavaScript Callstack');
      else if (err === null || typeof err !== 'object') host.argType('err', err, 'Object');
      return JSON.parse(JSON.stringify(make('JavaScript API', 'GetReport', null, err)));
    },
  };

  const property = (name, argument, check, changed) => Object.defineProperty(report, name, { configurable: true, enumerable: true,
    get: () => state[name],
    set(v) {
      check(v, argument);
      const before = state[name];
      state[name] = v;
      changed?.(v, before);
    } });
  property('directory', 'directory', host.checkString);
  property('filename', 'filename', host.checkString);
  property('compact', 'compact', host.checkBoolean);
  property('excludeNetwork', 'excludeNetwork', host.checkBoolean);
  property('signal', 'signal', (v, name) => {
    host.checkString(v, name);
    if (os.constants.signals[v] === undefined) {
      if (os.constants.signals[v.toUpperCase()] !== undefined) host.fail('TypeError', 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${v} (signals must use all capital letters)`);
      host.fail('TypeError', 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${v}`);
    }
  }, (v, before) => {
    if (!state.reportOnSignal) return;
    listen(before, onSignal, false);
    listen(v, onSignal, true);
  });
  property('reportOnFatalError', 'trigger', host.checkBoolean);
  property('reportOnSignal', 'trigger', host.checkBoolean, (v) => listen(state.signal, onSignal, v));
  property('reportOnUncaughtException', 'trigger', host.checkBoolean, (v) => listen('uncaughtExceptionMonitor', onUncaught, v));
  property('excludeEnv', 'excludeEnv', host.checkBoolean);
  if (flag('on-signal')) report.reportOnSignal = true;
  if (flag('uncaught-exception')) report.reportOnUncaughtException = true;
  return report;
})
