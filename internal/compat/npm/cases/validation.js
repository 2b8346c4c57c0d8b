'use strict';
const { run, attempt } = require('./lib');
run(async () => {
  const Ajv = require('ajv');
  const ajv = new Ajv({ allErrors: true, coerceTypes: true, useDefaults: true, removeAdditional: true, verbose: false });
  ajv.addFormat('even', { type: 'number', validate: (n) => n % 2 === 0 });
  ajv.addKeyword({ keyword: 'range', type: 'number', compile: ([a, b]) => (x) => x >= a && x <= b, errors: false });
  ajv.addSchema({ $id: 'defs', definitions: { name: { type: 'string', minLength: 2, pattern: '^\\p{L}+$' } } });
  const v = ajv.compile({ type: 'object', additionalProperties: false, required: ['id', 'name'], properties: { id: { type: 'integer', minimum: 1 }, name: { $ref: 'defs#/definitions/name' }, tags: { type: 'array', items: { enum: ['a', 'b'] }, uniqueItems: true, maxItems: 2 }, n: { type: 'number', format: 'even', range: [0, 10] }, sub: { oneOf: [{ type: 'object', required: ['x'] }, { type: 'null' }] }, d: { default: 'def' }, when: { if: { const: 1 }, then: false } } });
  for (const data of [{ id: '5', name: 'Zoë', extra: 1 }, { id: 0, name: 'x', tags: ['a', 'a', 'c'] }, { name: 5, n: 11, sub: {} }, { id: 1, name: 'ok', n: 4, tags: [], when: 1 }, null]) {
    const ok = v(data);
    console.log(ok, data, (v.errors || []).map((e) => [e.instancePath, e.keyword, e.message, e.params]));
  }
  console.log(ajv.errorsText(v.errors));
  await attempt('bad schema', () => new Ajv({ logger: false }).compile({ type: 'thing' }));
  await attempt('missing ref', () => ajv.compile({ $ref: 'nowhere' }));
  const async = ajv.compile({ $async: true, type: 'object', properties: { a: { type: 'boolean' } } });
  await attempt('async', () => async({ a: 'true' }));
  await attempt('async fails', () => async({ a: 'x' }).catch((e) => [e.constructor.name, e.errors.length]));
  const { z } = require('zod');
  const schema = z.object({ id: z.coerce.number().int().positive(), email: z.string().email().optional(), role: z.enum(['admin', 'user']).default('user'), tags: z.array(z.string().min(2)).nonempty().max(3), meta: z.record(z.string(), z.union([z.string(), z.number()])), when: z.date().nullable(), nested: z.object({ a: z.literal(1), b: z.tuple([z.string(), z.boolean()]) }).partial().strict(), t: z.string().transform((s) => s.length).pipe(z.number().min(2)) }).refine((o) => o.id !== 13, { message: 'unlucky', path: ['id'] });
  const good = { id: '7', tags: ['ab'], meta: { a: 1, b: 'x' }, when: null, nested: { a: 1 }, t: 'four', extra: 1 };
  await attempt('parse', () => schema.parse(good));
  for (const bad of [{ ...good, id: 13 }, { ...good, id: 'x', email: 'no', role: 'root', tags: [], t: 'a' }, { ...good, meta: { a: null }, nested: { a: 2, c: 1, b: ['x'] } }, 5]) {
    const r = schema.safeParse(bad);
    console.log(r.success, r.error && r.error.issues);
  }
  await attempt('throws', () => { try { z.string().parse(5); } catch (e) { console.log(e instanceof z.ZodError, z.prettifyError(e), z.flattenError(e)); throw new Error('seen'); } });
  await attempt('async', () => z.string().refine(async (s) => s === 'ok').parseAsync('ok'));
  await attempt('async needed', () => { try { z.string().refine(async () => true).parse('x'); } catch (e) { return e.constructor.name; } });
  console.log(z.discriminatedUnion('k', [z.object({ k: z.literal('a'), x: z.number() }), z.object({ k: z.literal('b') })]).safeParse({ k: 'c' }).error.issues.map((i) => i.code), z.preprocess((x) => String(x), z.string()).parse(5), z.lazy(() => z.array(z.number())).parse([1]), z.map(z.string(), z.set(z.number())).parse(new Map([['a', new Set([1])]])), z.function ? typeof z.function : '', z.string().brand('B').parse('x'), z.object({ a: z.string() }).extend({ b: z.bigint() }).pick({ b: true }).parse({ b: 1n }), z.string().catch('fallback').parse(5), JSON.stringify(z.toJSONSchema(z.object({ a: z.string().min(1), b: z.number().optional() }))));
  for (const s of [z.uuid(), z.url(), z.ipv4(), z.iso.datetime(), z.base64(), z.email()]) console.log(['f0e1d2c3-b4a5-4678-9abc-def012345678', 'https://a.b/c?d', '10.0.0.1', '2020-01-01T00:00:00Z', 'YWJj', 'a@b.co'].map((x) => s.safeParse(x).success));
});
