// node:_tls_wrap: a part of node:tls.
(function (host) {
  const { TLSSocket, Server, createServer, connect } = host.require('tls');
  return { TLSSocket, Server, createServer, connect };
})
