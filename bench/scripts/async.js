// An async handler with three awaits and an answer in JSON.
'use strict';

const http = require('http');

const users = new Map(Array.from({ length: 100 }, (_, id) => [id, { id, name: `user ${id}` }]));
const find = async (id) => users.get(id);
const permitted = async (user) => user !== undefined;
const decorate = async (user) => ({ ...user, seen: true });

const server = http.createServer(async (req, res) => {
  const user = await find(7);
  if (!await permitted(user)) return res.writeHead(403).end();
  const answer = JSON.stringify(await decorate(user));
  res.writeHead(200, { 'Content-Type': 'application/json' });
  res.end(answer);
});
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
