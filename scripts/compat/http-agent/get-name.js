// Agent.getName and the agent's own state.
'use strict';

const http = require('http');

const agent = new http.Agent();
for (const options of [undefined, {}, { port: 80 }, { host: 'h', port: 1 }, { host: 'h', port: 1, localAddress: '1.2.3.4' },
  { host: 'h', port: 1, family: 4 }, { host: 'h', port: 1, family: 6 }, { host: 'h', port: 1, family: 5 }, { socketPath: '/run/s' },
  { host: 'h', port: 1, localAddress: 'l', family: 6, socketPath: '/s' }]) {
  console.log(JSON.stringify(options), agent.getName(options));
}
console.log(agent.maxSockets, agent.maxFreeSockets, agent.maxTotalSockets, agent.keepAlive, agent.keepAliveMsecs, agent.scheduling,
            agent.defaultPort, agent.protocol, agent.totalSocketCount, agent.options);
console.log(agent.requests, agent.sockets, agent.freeSockets);
console.log(http.Agent.defaultMaxSockets, http.Agent({}) instanceof http.Agent, http.globalAgent instanceof http.Agent,
            http.globalAgent.keepAlive, http.globalAgent.options, http.globalAgent.scheduling);
for (const options of [{ scheduling: 'x' }, { maxTotalSockets: -1 }, { maxTotalSockets: 'x' }, { maxSockets: 0 }, { maxFreeSockets: 1, keepAlive: true }]) {
  try {
    const made = new http.Agent(options);
    console.log(JSON.stringify(options), made.maxSockets, made.maxFreeSockets);
  } catch (err) {
    console.log(JSON.stringify(options), err.name, err.code, err.message);
  }
}
