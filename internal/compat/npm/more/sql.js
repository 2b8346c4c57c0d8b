// Query builders and object mappers over PostgreSQL.
'use strict';
const { run, attempt } = require('./lib');
const { postgres } = require('./services');
run(async () => {
  const server = await postgres();
  const { config } = server;
  // knex
  const knex = require('knex')({ client: 'pg', connection: config, pool: { min: 0, max: 4 } });
  await knex.schema.createTable('authors', (t) => { t.increments('id'); t.string('name', 50).notNullable().unique(); t.jsonb('data'); });
  await knex.schema.createTable('books', (t) => { t.increments(); t.string('title'); t.integer('author_id').references('authors.id').onDelete('CASCADE'); t.decimal('price', 8, 2); t.timestamp('at').defaultTo('2020-01-01T00:00:00Z'); });
  console.log(await knex('authors').insert([{ name: 'Ann', data: { a: [1] } }, { name: 'Zoë', data: null }]).returning('*'));
  console.log(await knex('books').insert([{ title: 'One', author_id: 1, price: 1.5 }, { title: 'Two', author_id: 1, price: 2 }, { title: 'Three', author_id: 2, price: 30 }]).returning(['id', 'at']));
  console.log(await knex('books').join('authors', 'authors.id', 'books.author_id').select('title', 'name').where('price', '<', 10).andWhere((q) => q.whereIn('title', ['One', 'Two']).orWhereNull('title')).orderBy('title', 'desc'));
  console.log(await knex('books').select('author_id').count('* as n').sum('price as total').groupBy('author_id').having(knex.raw('count(*) > ?', [1])), knex('books').where({ a: 1, b: 'x' }).limit(2).toSQL().toNative());
  await attempt('rollback', () => knex.transaction(async (t) => { await t('books').del(); throw new Error('undo'); }));
  console.log(await knex.transaction((t) => t('books').where({ id: 1 }).update({ price: knex.raw('price * 2') }, ['price'])), await knex('books').first('title'), await knex('books').pluck('title'));
  let n = 0;
  for await (const row of knex('books').select('*').stream()) n += row.id;
  console.log('stream', n);
  await attempt('unique', () => knex('authors').insert({ name: 'Ann' }).catch((e) => { throw Object.assign(new Error(e.detail), { name: e.name, code: e.code }); }));
  await attempt('undefined', () => knex('books').where({ id: undefined }).select());
  await knex.destroy();
  // drizzle
  const { drizzle } = require('drizzle-orm/node-postgres');
  const { pgTable, serial, text, integer, numeric } = require('drizzle-orm/pg-core');
  const { eq, and, gt, sql, desc, relations } = require('drizzle-orm');
  const pg = require('pg');
  const authors = pgTable('authors', { id: serial('id').primaryKey(), name: text('name').notNull() });
  const books = pgTable('books', { id: serial('id').primaryKey(), title: text('title'), authorId: integer('author_id').references(() => authors.id), price: numeric('price') });
  const pool = new pg.Pool(config);
  const db = drizzle(pool, { schema: { authors, books, a: relations(authors, ({ many }) => ({ books: many(books) })), b: relations(books, ({ one }) => ({ author: one(authors, { fields: [books.authorId], references: [authors.id] }) })) } });
  console.log(await db.select({ title: books.title, by: authors.name }).from(books).innerJoin(authors, eq(authors.id, books.authorId)).where(and(gt(books.price, '1'), sql`${books.title} like ${'T%'}`)).orderBy(desc(books.title)));
  console.log(await db.query.authors.findMany({ with: { books: { columns: { title: true } } }, limit: 1 }), await db.insert(authors).values({ name: 'New' }).returning(), db.select().from(books).where(eq(books.id, 1)).toSQL());
  await attempt('drizzle rollback', () => db.transaction(async (t) => { await t.delete(books); t.rollback(); }));
  await pool.end();
  // sequelize
  const { Sequelize, DataTypes, Op } = require('sequelize');
  const q = new Sequelize('postgres', 'app', 'correct horse', { host: config.host, port: config.port, dialect: 'postgres', logging: false });
  const User = q.define('user', { name: { type: DataTypes.STRING, validate: { len: [2, 10] } }, tags: DataTypes.ARRAY(DataTypes.STRING), age: DataTypes.INTEGER, info: DataTypes.JSONB }, { timestamps: false, paranoid: false });
  const Post = q.define('post', { title: DataTypes.STRING }, { timestamps: false });
  User.hasMany(Post); Post.belongsTo(User);
  User.beforeCreate((u) => { u.name = u.name.trim(); });
  await q.sync({ force: true });
  const u = await User.create({ name: ' Bob ', tags: ['a', 'b'], age: 30, info: { deep: { x: 1 } }, posts: [{ title: 'first' }, { title: 'second' }] }, { include: Post });
  console.log(u.toJSON(), (await User.findAll({ where: { age: { [Op.between]: [20, 40] }, info: { deep: { x: 1 } } }, include: [{ model: Post, where: { title: { [Op.like]: 'f%' } } }] })).map((x) => x.toJSON()));
  await u.update({ age: 31 }); await u.increment('age');
  console.log((await u.reload()).age, await User.count(), (await User.findOrCreate({ where: { name: 'Eve' }, defaults: { age: 1 } }))[1], await User.sum('age'));
  await attempt('invalid', () => User.create({ name: 'x' }));
  await attempt('transaction', () => q.transaction(async (t) => { await Post.destroy({ where: {}, transaction: t }); throw new Error('undo'); }));
  console.log(await Post.count(), await q.query('select $1::int as x', { bind: [5], type: 'SELECT' }));
  await q.close();
  // typeorm
  const { DataSource, EntitySchema, MoreThan } = require('typeorm');
  const Thing = new EntitySchema({ name: 'Thing', columns: { id: { type: Number, primary: true, generated: true }, name: { type: String }, n: { type: 'int', default: 5 } }, relations: { parts: { type: 'one-to-many', target: 'Part', inverseSide: 'thing', cascade: true } } });
  const Part = new EntitySchema({ name: 'Part', columns: { id: { type: Number, primary: true, generated: true }, label: { type: String, unique: true } }, relations: { thing: { type: 'many-to-one', target: 'Thing', joinColumn: true } } });
  const ds = await new DataSource({ type: 'postgres', host: config.host, port: config.port, username: 'app', password: config.password, database: 'postgres', entities: [Thing, Part], synchronize: true, logging: false }).initialize();
  const things = ds.getRepository('Thing');
  await things.save({ name: 'car', parts: [{ label: 'wheel' }, { label: 'door' }] });
  console.log(await things.find({ where: { n: MoreThan(4) }, relations: { parts: true }, order: { id: 'ASC' } }), await ds.createQueryBuilder().select('p.label', 'l').from('Part', 'p').where('p.label like :x', { x: 'w%' }).getRawMany(), await things.count());
  await attempt('duplicate', () => ds.getRepository('Part').save({ label: 'wheel' }));
  await attempt('no such', () => things.findOneOrFail({ where: { id: 99 } }).catch((e) => { throw Object.assign(new Error(e.message.split('\n')[0]), { name: e.name }); }));
  await ds.destroy();
  await server.stop('SIGQUIT');
});
