// Small libraries, many in one program.
'use strict';
const { run, attempt } = require('./lib');
const { Readable, PassThrough, Writable } = require('stream');
run(async () => {
  const all = (s) => new Promise((resolve, reject) => { const c = []; s.on('data', (d) => c.push(d)).on('end', () => resolve(c)).on('error', reject); });
  // dates
  const dayjs = require('dayjs'); dayjs.extend(require('dayjs/plugin/utc')); dayjs.extend(require('dayjs/plugin/relativeTime')); dayjs.extend(require('dayjs/plugin/customParseFormat')); dayjs.extend(require('dayjs/plugin/timezone')); require('dayjs/locale/de');
  const d = dayjs.utc('2024-02-29T12:34:56.789Z');
  console.log(d.format('YYYY-MM-DD dddd [at] HH:mm:ss.SSS Z'), d.add(1, 'year').format(), d.endOf('month').toISOString(), d.diff('2023-01-01', 'month', true).toFixed(3), d.locale('de').format('dddd, D. MMMM'), dayjs.utc('31/12/2020', 'DD/MM/YYYY').toISOString(), d.from(d.add(3, 'day')), dayjs('nonsense').isValid(), d.tz('America/New_York').format());
  const { DateTime, Duration, Interval } = require('luxon');
  const l = DateTime.fromISO('2024-03-10T01:30:00', { zone: 'America/New_York' });
  console.log(l.plus({ hours: 1 }).toISO(), l.setZone('Asia/Kolkata').toFormat('yyyy LLL dd HH:mm ZZ'), l.startOf('week').toISODate(), Duration.fromObject({ hours: 26, minutes: 70 }).normalize().toISO(), Interval.fromDateTimes(l, l.plus({ days: 2 })).count('days'), DateTime.fromFormat('5 May 2020', 'd LLLL yyyy').toISODate(), DateTime.invalid('why').toISO(), l.toLocaleString(DateTime.DATE_FULL), l.diff(l.minus({ months: 1 }), ['weeks', 'days']).toObject());
  const moment = require('moment');
  console.log(moment.utc('2020-05-05').add(1, 'M').format('LLLL'), moment.utc(0).calendar(moment.utc(86400000)), moment.duration(90, 'minutes').humanize(), moment.utc('2020-01-31').add(1, 'month').format(), moment.utc('12-25-1995', 'MM-DD-YYYY', true).isValid(), moment.utc([2010, 6, 10]).isoWeek());
  const fns = require('date-fns');
  console.log(fns.format(new Date(2020, 1, 29, 13, 5), "yyyy-MM-dd'T'HH:mm EEEE do"), fns.addMonths(new Date(2020, 0, 31), 1).getDate(), fns.formatDistance(0, 86400000 * 3), fns.differenceInBusinessDays(new Date(2020, 1, 10), new Date(2020, 1, 1)), fns.parse('05/03/2020', 'dd/MM/yyyy', new Date(0)).getMonth(), fns.eachDayOfInterval({ start: new Date(2020, 0, 1), end: new Date(2020, 0, 3) }).length);
  await attempt('date-fns', () => fns.format(new Date(NaN), 'yyyy'));
  // validation
  const Joi = require('joi'), yup = require('yup'), validator = require('validator');
  const schema = Joi.object({ name: Joi.string().min(2).max(5).required(), email: Joi.string().email(), age: Joi.number().integer().min(0).default(1), tags: Joi.array().items(Joi.string().valid('a', 'b')).unique(), when: Joi.date().iso(), pass: Joi.string(), again: Joi.ref('pass'), opt: Joi.when('age', { is: Joi.number().greater(17), then: Joi.required(), otherwise: Joi.forbidden() }) }).with('pass', 'again');
  for (const v of [{ name: 'Zoë', age: '3' }, { name: 'x', email: 'no', tags: ['a', 'a', 'c'], age: 1.5, other: 1 }, { name: 'ok', pass: 'p', again: 'q', age: 18 }]) { const r = schema.validate(v, { abortEarly: false }); console.log(r.value, r.error && r.error.details.map((e) => [e.type, e.message])); }
  const y = yup.object({ n: yup.number().required().positive(), s: yup.string().trim().matches(/^a/, 'must begin with a').nullable(), l: yup.array().of(yup.string().uuid()).max(1), o: yup.object({ x: yup.boolean().oneOf([true]) }) });
  await attempt('yup', () => y.validate({ n: '5', s: '  abc ', o: { x: 'true' } }));
  await attempt('yup errors', () => y.validate({ n: -1, s: 'b', l: ['x', 'y'], o: { x: false } }, { abortEarly: false }).catch((e) => { console.log(e.inner.map((i) => [i.path, i.type, i.message])); throw e; }));
  console.log(['a@b.co', 'http://x.test/?q=ü', '127.0.0.1', '4111111111111111', '{"a":1}', 'DE89370400440532013000', '2020-02-30', 'é'].map((s) => [validator.isEmail(s), validator.isURL(s), validator.isIP(s), validator.isCreditCard(s), validator.isJSON(s), validator.isIBAN(s), validator.isISO8601(s, { strict: true }), validator.isAlpha(s, 'fr-FR')].map(Number).join('')), validator.escape('<a href="x">'), validator.normalizeEmail('Some.One+x@GMAIL.com'), validator.toDate('2020-01-01').getTime());
  await attempt('validator', () => validator.isEmail(5));
  // control flow
  const async = require('async'), Bluebird = require('bluebird'), Q = require('q'), pLimit = require('p-limit').default;
  console.log(await async.mapLimit([3, 1, 2], 2, async (x) => x * 2), await async.waterfall([(cb) => cb(null, 1, 2), (a, b, cb) => setImmediate(cb, null, a + b)]), await async.auto({ a: async () => 1, b: ['a', async ({ a }) => a + 1] }), await new Promise((r) => { const out = []; const q = async.queue((t, cb) => setTimeout(() => { out.push(t); cb(); }, 20 * t), 2); q.push([1, 2, 3]); q.drain(() => r(out)); }));
  await attempt('async', () => async.parallel([async () => 1, async () => { throw new Error('in parallel'); }]));
  console.log(await Bluebird.map([1, 2, 3], (x) => Bluebird.delay(4 - x).return(x * x), { concurrency: 2 }), await Bluebird.props({ a: 1, b: Bluebird.resolve(2) }), await Bluebird.fromCallback((cb) => cb(null, 'cb')), await Bluebird.coroutine(function* () { return (yield Bluebird.resolve(1)) + 1; })(), await Bluebird.reduce([1, 2], (a, b) => a + b), Bluebird.promisifyAll({ f(x, cb) { cb(null, x); } }).fAsync.length);
  await attempt('bluebird timeout', () => Bluebird.delay(200).timeout(5, 'too slow'));
  await attempt('bluebird any', () => Bluebird.any([Bluebird.reject(new Error('a'))]).catch((e) => { throw new Error(e.constructor.name + e.length); }));
  console.log(await Q.all([1, Q.delay(1).then(() => 2)]), await Q.ninvoke({ f(x, cb) { cb(null, x); } }, 'f', 5), (await Q.allSettled([Q.reject(new Error('r'))]))[0].state, await Q(5).then((x) => x + 1));
  const limit = pLimit(1), order = []; await Promise.all([3, 2, 1].map((x) => limit(async () => { await new Promise((r) => setTimeout(r, x)); order.push(x); }))); console.log(order);
  // streams
  const through2 = require('through2'), concat = require('concat-stream'), pump = require('pump'), split = require('split2'), { Transform, pipeline } = require('readable-stream');
  console.log((await all(Readable.from(['a\nb', 'c\n{"d"', ':1}\n']).pipe(split()))).map(String), await all(Readable.from(['{"a":1}\n{"b":2}']).pipe(split(JSON.parse))), String(await new Promise((r) => Readable.from([Buffer.from('x'), Buffer.from('y')]).pipe(concat(r)))), (await all(Readable.from([1, 2, 3]).pipe(through2.obj(function (x, e, cb) { if (x !== 2) this.push(x * 10); cb(); }, function (cb) { this.push('end'); cb(); })))));
  await attempt('split error', () => all(Readable.from(['{bad\n']).pipe(split(JSON.parse))).catch((e) => { throw Object.assign(new Error('json'), { name: e.name }); }));
  await new Promise((r) => { const src = new PassThrough(), dst = new Writable({ write(c, e, cb) { cb(new Error('sink broke')); } }); pump(src, dst, (e) => { console.log(e.message, src.destroyed); r(); }); src.write('x'); });
  await new Promise((r) => pipeline(Readable.from(['abc']), new Transform({ transform(c, e, cb) { cb(null, String(c).toUpperCase()); } }), concat((b) => console.log(String(b))), r));
  // text
  const iconv = require('iconv-lite'), csv = require('csv-parse'), { parse } = require('csv-parse/sync'), { stringify } = require('csv-stringify/sync'), he = require('qs'), semver = require('semver'), minimist = require('minimist'), { nanoid, customAlphabet } = require('nanoid'), { LRUCache } = require('lru-cache'), createError = require('http-errors');
  for (const e of ['latin1', 'win1251', 'shiftjis', 'gbk', 'utf16be', 'utf7', 'big5', 'euc-kr']) { const b = iconv.encode('aé€Жбぁ中한', e); console.log(e, b, iconv.decode(b, e)); }
  console.log(iconv.encodingExists('x'), (await all(Readable.from([Buffer.from([0x82]), Buffer.from([0xa0])]).pipe(iconv.decodeStream('shiftjis')))).join(''));
  console.log(parse('a,b\n"x ""q"" y",2\n# c\n z , 3 ', { columns: true, comment: '#', trim: true, cast: true }), stringify([{ a: 1, b: 'x,"y"\n' }, { a: null, b: true }], { header: true }), (await all(Readable.from(['1;2\n3', ';4']).pipe(csv.parse({ delimiter: ';' })))));
  await attempt('csv', () => parse('a,b\n1'));
  console.log(he.parse('a[b][c]=1&d[]=2&d[]=3&e=%20', { depth: 5 }), he.stringify({ a: [1, { b: null }], d: new Date(0) }, { encode: false }), semver.satisfies('1.2.3-beta.1', '^1.2.3-alpha'), semver.maxSatisfying(['1.1.0', '1.9.9', '2.0.0'], '1.x'), semver.inc('1.2.3', 'preminor', 'rc'), new semver.Range('>=1 <2 || ~3.1').range, minimist(['-abc', '--no-x', '--y=1', '--', 'z'], { boolean: 'a' }), nanoid().length, /^[ab]{5}$/.test(customAlphabet('ab', 5)()));
  await attempt('semver', () => new semver.SemVer('x.y'));
  const lru = new LRUCache({ max: 2, dispose: (v, k, why) => console.log('disposed', k, why) }); lru.set('a', 1); lru.set('b', 2); lru.get('a'); lru.set('c', 3); console.log([...lru.keys()], lru.has('b'));
  const e = createError(404, 'none', { extra: 1 }); console.log(e.status, e.expose, e.name, e.extra, createError.isHttpError(e), new createError.ImATeapot().message);
});
