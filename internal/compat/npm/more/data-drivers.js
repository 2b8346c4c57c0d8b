// Drivers whose servers are not here: they load, build what they send and say
// that the connection was refused.
'use strict';
const { run, attempt } = require('./lib');
run(async () => {
  const { MongoClient, ObjectId, BSON, Long, Decimal128 } = require('mongodb');
  const id = new ObjectId('507f1f77bcf86cd799439011');
  const bytes = BSON.serialize({ _id: id, n: 1, big: Long.fromString('9007199254740993'), d: new Date(0), f: 1.5, s: 'ü', b: Buffer.from([1]), a: [null, true], r: /x/i, dec: Decimal128.fromString('1.10'), sub: { deep: { er: 1 } } });
  console.log(bytes.length, Buffer.from(bytes).toString('base64'), BSON.deserialize(bytes), id.getTimestamp(), BSON.EJSON.stringify({ id, l: Long.MAX_VALUE }));
  await attempt('mongo', async () => { const c = new MongoClient('mongodb://127.0.0.1:1/db', { serverSelectionTimeoutMS: 200 }); try { await c.connect(); } catch (e) { throw Object.assign(new Error(e.message), { name: e.name, code: e.cause && e.cause.constructor.name }); } finally { await c.close(); } });
  await attempt('mongo url', () => new MongoClient('http://x'));
  const kafka = require('kafkajs');
  await attempt('kafka', async () => { const k = new kafka.Kafka({ brokers: ['127.0.0.1:1'], retry: { retries: 0 }, logLevel: kafka.logLevel.NOTHING, connectionTimeout: 300 }); const p = k.producer(); await p.connect(); });
  const amqp = require('amqplib');
  await attempt('amqp', () => amqp.connect('amqp://127.0.0.1:1'));
  await attempt('amqp url', () => amqp.connect('http://x'));
  // A peer that answers with nonsense.
  const net = require('net');
  const s = net.createServer((c) => { c.on('error', () => {}); c.end('AMQP\0\0\x09\x01'); });
  await new Promise((r) => s.listen(0, '127.0.0.1', r));
  await attempt('amqp version', () => amqp.connect(`amqp://127.0.0.1:${s.address().port}`));
  s.close();
  const { Sequelize, DataTypes } = require('sequelize');
  const q = new Sequelize('postgres://u:p@127.0.0.1:1/db', { logging: false });
  const U = q.define('User', { name: { type: DataTypes.STRING, allowNull: false, validate: { len: [2, 5] } }, age: DataTypes.INTEGER });
  await attempt('sequelize', () => q.authenticate());
  await attempt('validate', () => U.build({ name: 'x' }).validate().catch((e) => { throw Object.assign(new Error(e.errors.map((x) => x.message).join()), { name: e.name }); }));
  await q.close();
  const { DataSource } = require('typeorm');
  await attempt('typeorm', () => new DataSource({ type: 'postgres', url: 'postgres://u:p@127.0.0.1:1/db' }).initialize());
  await attempt('typeorm type', () => new DataSource({ type: 'nothing' }).initialize());
  const mysql = require('mysql2/promise');
  await attempt('mysql', () => mysql.createConnection({ host: '127.0.0.1', port: 1 }));
  console.log(require('mysql2').format('select ?? from t where a = ? and b in (?)', ['c d', "x'y", [1, null, new Date(0)]]));
  const redis = require('redis');
  await attempt('redis', async () => { const c = redis.createClient({ url: 'redis://127.0.0.1:1', socket: { reconnectStrategy: false } }); c.on('error', () => {}); await c.connect(); });
});
