'use strict';
require('reflect-metadata');
const { request, show, run, attempt } = require('./lib');
const { NestFactory } = require('@nestjs/core');
const common = require('@nestjs/common');
const { from, map } = require('rxjs');
const { Module, Controller, Get, Post, Param, Query, Body, Injectable, ParseIntPipe, UseGuards, UseInterceptors, UseFilters, HttpException, NotFoundException, HttpCode, Header, Sse, Res, StreamableFile, Catch, ValidationPipe } = common;
// What the TypeScript compiler makes of decorators.
const decorate = (decorators, target, key) => { const d = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key); for (const f of decorators.reverse()) { const r = f(target, key, d); if (key === undefined && r) target = r; } if (d) Object.defineProperty(target, key, d); return target; };
const param = (i, f) => (target, key) => f(target, key, i);
const types = (...t) => Reflect.metadata('design:paramtypes', t);
run(async () => {
  class Service { constructor() { this.items = new Map([[1, { id: 1, name: 'one' }]]); } find(id) { const i = this.items.get(id); if (!i) throw new NotFoundException(`no item ${id}`); return i; } add(name) { const i = { id: this.items.size + 1, name }; this.items.set(i.id, i); return i; } onModuleInit() { console.log('service ready'); } onApplicationShutdown() { console.log('service down'); } }
  decorate([Injectable()], Service);
  class Guard { canActivate(ctx) { return ctx.switchToHttp().getRequest().headers['x-key'] === 'yes'; } }
  decorate([Injectable()], Guard);
  class Wrap { intercept(ctx, next) { return next.handle().pipe(map((data) => ({ data, by: ctx.getHandler().name }))); } }
  decorate([Injectable()], Wrap);
  class OnTeapot { catch(e, host) { host.switchToHttp().getResponse().status(e.getStatus()).json({ caught: e.message }); } }
  decorate([Catch(HttpException)], OnTeapot);
  class Items {
    constructor(service) { this.service = service; }
    all(q) { return { all: [...this.service.items.values()], q }; }
    one(id) { return this.service.find(id); }
    add(body) { return this.service.add(body.name); }
    async guarded() { return 'in'; }
    obs() { return from([['a', 'b']]); }
    teapot() { throw new HttpException('teapot', 418); }
    boom() { throw new Error('secret'); }
    file() { return new StreamableFile(Buffer.from('file content'), { type: 'text/x', disposition: 'attachment' }); }
    sse() { return from([{ data: { n: 1 } }, { data: 'two', id: '2' }]); }
    raw(res) { res.status(202).send('raw'); }
  }
  decorate([types(Service), Controller('items')], Items);
  const P = Items.prototype;
  decorate([Get(), param(0, Query()), types(Object)], P, 'all');
  decorate([Get('obs'), UseInterceptors(Wrap), types()], P, 'obs');
  decorate([Get('guarded'), UseGuards(Guard), Header('x-h', '1'), types()], P, 'guarded');
  decorate([Get('teapot'), UseFilters(OnTeapot), types()], P, 'teapot');
  decorate([Get('boom'), types()], P, 'boom');
  decorate([Get('file'), types()], P, 'file');
  decorate([Sse('sse'), types()], P, 'sse');
  decorate([Get('raw'), param(0, Res()), types(Object)], P, 'raw');
  decorate([Get('by/:id'), param(0, Param('id', ParseIntPipe)), types(Number)], P, 'one');
  decorate([Post(), HttpCode(201), param(0, Body()), types(Object)], P, 'add');
  class App { configure(consumer) { consumer.apply((req, res, next) => { res.setHeader('x-mid', 'yes'); next(); }).forRoutes('*path'); } }
  decorate([Module({ controllers: [Items], providers: [Service, { provide: 'CONFIG', useFactory: async () => ({ a: 1 }) }] })], App);
  const app = await NestFactory.create(App, { logger: false, abortOnError: false });
  app.setGlobalPrefix('api');
  app.enableCors();
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address();
  const get = (p, o) => request(port, '/api' + p, o);
  show('all', await get('/items?a=1'), 'content-type', 'x-mid', 'access-control-allow-origin');
  for (const p of ['/items/by/1', '/items/by/9', '/items/by/x', '/items/obs', '/items/guarded', '/items/teapot', '/items/boom', '/items/file', '/items/sse', '/items/raw', '/nothing']) show(p, await get(p), 'content-type', 'content-disposition');
  show('key', await get('/items/guarded', { headers: { 'x-key': 'yes' } }), 'x-h');
  show('post', await get('/items', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"two"}' }));
  show('bad', await get('/items', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }));
  console.log(app.get('CONFIG'), app.get(Service).items.size, (await app.getUrl()).startsWith('http://127.0.0.1:'));
  await attempt('unknown', () => { try { app.get('NOPE'); } catch (e) { throw Object.assign(new Error(e.message.split('.')[0]), { name: e.constructor.name }); } });
  await app.close();
  class Broken { constructor(x) { this.x = x; } }
  decorate([types(Map), Injectable()], Broken);
  class BrokenApp {}
  decorate([Module({ providers: [Broken] })], BrokenApp);
  await attempt('unresolved', () => NestFactory.create(BrokenApp, { logger: false, abortOnError: false }).catch((e) => { throw Object.assign(new Error(e.message.split('\n')[0]), { name: e.constructor.name }); }));
});
