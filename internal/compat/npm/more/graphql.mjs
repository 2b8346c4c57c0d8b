import { ApolloServer, HeaderMap } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { graphql, buildSchema, parse, validate, print, execute, subscribe, GraphQLError, GraphQLScalarType, introspectionFromSchema, printSchema } from 'graphql';
import lib from './lib.js';
const { request, show, run, attempt } = lib;
run(async () => {
  const typeDefs = `scalar Day\n enum Kind { A B }\n interface Node { id: ID! }\n type Book implements Node { id: ID! title: String! kind: Kind author: Author day: Day }\n type Author { name: String! books(first: Int = 2): [Book!]! }\n input NewBook { title: String! kind: Kind = A }\n type Query { books(filter: String): [Book!]! node(id: ID!): Node fail: String hello(name: String = "you"): String! }\n type Mutation { add(book: NewBook!): Book! }\n type Subscription { count(to: Int!): Int! }`;
  const books = [{ id: '1', title: 'First', kind: 'A', author: 'x', day: new Date(0) }, { id: '2', title: 'Second', kind: 'B', author: 'x', day: new Date(86400000) }];
  const resolvers = {
    Day: new GraphQLScalarType({ name: 'Day', serialize: (d) => d.toISOString().slice(0, 10), parseValue: (v) => new Date(v) }),
    Node: { __resolveType: () => 'Book' },
    Query: { books: (_, { filter }) => books.filter((b) => !filter || b.title.includes(filter)), node: (_, { id }) => books.find((b) => b.id === id), fail: () => { throw new GraphQLError('failed on purpose', { extensions: { code: 'MINE', n: 1 } }); }, hello: async (_, { name }, ctx) => `hello ${name} ${ctx.user}` },
    Mutation: { add: (_, { book }) => { const b = { id: String(books.length + 1), day: new Date(0), author: 'y', ...book }; books.push(b); return b; } },
    Book: { author: (b) => ({ name: b.author }) },
    Author: { books: (a, { first }) => books.filter((b) => b.author === a.name).slice(0, first) },
  };
  const server = new ApolloServer({ typeDefs, resolvers, includeStacktraceInErrorResponses: false, formatError: (f) => f });
  const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' }, context: async ({ req }) => ({ user: req.headers['x-user'] || 'nobody' }) });
  const port = Number(new URL(url).port);
  const ask = (query, variables, headers) => request(port, '/', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query, variables }) });
  show('books', await ask('{ books { id title kind day author { name books(first: 1) { title } } } }'), 'content-type');
  show('vars', await ask('query Q($f: String, $n: String!) { books(filter: $f) { ...B } hello(name: $n) } fragment B on Book { t: title @include(if: true) id @skip(if: true) }', { f: 'Sec', n: 'ü' }, { 'x-user': 'bob' }));
  show('mutation', await ask('mutation($b: NewBook!) { add(book: $b) { id kind __typename } }', { b: { title: 'Third' } }));
  show('node', await ask('{ node(id: "2") { __typename ... on Book { title } } }'));
  show('fail', await ask('{ fail hello }'));
  show('syntax', await ask('{ books { '));
  show('invalid', await ask('{ books { nope } }'));
  show('variable', await ask('mutation($b: NewBook!) { add(book: $b) { id } }', { b: { title: 5 } }));
  show('get', await request(port, '/?query=' + encodeURIComponent('{hello}'), { headers: { 'apollo-require-preflight': '1' } }));
  show('csrf', await request(port, '/?query=' + encodeURIComponent('{hello}')));
  show('empty', await request(port, '/', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }));
  const r = await server.executeOperation({ query: '{ hello(name: "direct") }' }, { contextValue: { user: 'u' } });
  console.log(JSON.stringify(r.body.singleResult.data));
  await server.stop();
  const schema = buildSchema('type Query { a(x: Int): Int } type Subscription { n: Int }');
  console.log(JSON.stringify(await graphql({ schema, source: '{ a(x: 4) }', rootValue: { a: ({ x }) => x * 2 } })), validate(schema, parse('{ b }')).map((e) => [e.message, e.locations]), print(parse('query($a:Int=1){a(x:$a)}')), printSchema(schema).length, introspectionFromSchema(schema).__schema.types.length);
  for await (const v of await subscribe({ schema, document: parse('subscription { n }'), rootValue: { n: async function* () { yield { n: 1 }; yield { n: 2 }; } } })) console.log(JSON.stringify(v));
  await attempt('bad schema', () => buildSchema('type Query { a: Nope }'));
});
