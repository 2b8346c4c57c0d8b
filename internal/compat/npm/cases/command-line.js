'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { run, attempt } = require('./lib');
run(async () => {
  const dotenv = require('dotenv');
  console.log(dotenv.parse('A=1\nB="two words" # c\nC=\'sin gle\'\nD=`tick`\nexport E=e\nF="a\\nb"\n#G=1\nH=\nI = spaced \nJ="multi\nline"'));
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'case-'));
  fs.writeFileSync(path.join(dir, '.env'), 'CASE_A=from file\nHOME=kept');
  const r = dotenv.config({ path: path.join(dir, '.env'), quiet: true });
  console.log(r.parsed, process.env.CASE_A, process.env.HOME === 'kept');
  console.log(dotenv.config({ path: path.join(dir, 'none'), quiet: true }).error.code);
  fs.rmSync(dir, { recursive: true });
  const { Command, Option, InvalidArgumentError } = require('commander');
  const make = () => {
    const out = [];
    const p = new Command('tool').description('a tool').version('1.2.3').exitOverride().configureOutput({ writeOut: (s) => out.push(s), writeErr: (s) => out.push('err ' + s) });
    p.option('-d, --debug', 'debug output').option('-p, --port <n>', 'a port', (v) => { if (isNaN(v)) throw new InvalidArgumentError('Not a number.'); return Number(v); }, 80).option('--no-color').option('-l, --list <x...>').addOption(new Option('-c, --choice <c>').choices(['a', 'b']).env('CASE_CHOICE')).requiredOption('-r, --req <v>');
    p.command('sub <first> [rest...]').alias('s').description('a subcommand').option('-x').action((first, rest, o, cmd) => out.push(['sub', first, rest, o, cmd.parent.opts()]));
    p.action((o) => out.push(['main', o]));
    return [p, out];
  };
  for (const args of [['-r', '1'], ['-dp', '8080', '--req=x', '--no-color', '-l', 'a', 'b', '-c', 'a'], ['-r', '1', 'sub', 'one', 'two', 'three', '-x'], [], ['-r', '1', '-p', 'x'], ['-r', '1', '-c', 'z'], ['-r', '1', '--unknown'], ['-r', '1', 'sub'], ['--help'], ['sub', '--help'], ['-V'], ['-r', '1', '--prot', '1']]) {
    const [p, out] = make();
    try { await p.parseAsync(args, { from: 'user' }); } catch (e) { out.push([e.name, e.code, e.exitCode, e.message]); }
    console.log(args.join(' '), out);
  }
  const yargs = require('yargs/yargs');
  const y = (args) => yargs(args).scriptName('tool').exitProcess(false).locale('en').wrap(80).usage('$0 <cmd>').option('n', { alias: 'number', type: 'number', default: 3, describe: 'a number' }).option('list', { array: true }).option('choice', { choices: ['a', 'b'] }).option('deep.key', { type: 'boolean' }).coerce('date', (d) => new Date(d).getTime())
    .command('get <source> [proxy]', 'make a get request', (c) => c.positional('source', { type: 'string' }).demandOption('req'), (argv) => console.log('ran', argv.source, argv.proxy, argv.req)).strictOptions(false).fail((m, e) => { throw e || new Error(m); });
  for (const args of [['-n', '5', '--list', 'a', 'b', '--no-deep.key', 'rest', '--', 'x'], ['--number=0x10', '--date', '2020-01-01', '--camel-case', 'v'], ['get', 'url', '--req', '1'], ['get', 'url'], ['get'], ['--choice', 'z']]) await attempt(args.join(' '), () => y(args).parse());
  console.log(await y([]).getHelp());
});
