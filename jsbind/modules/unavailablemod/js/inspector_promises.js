// node:inspector/promises.
(function (host) {
  const inspector = host.load('inspector');
  const { promisify } = host.require('util');
  class Session extends inspector.Session {}
  Session.prototype.post = promisify(inspector.Session.prototype.post);
  Object.defineProperty(Session.prototype, 'post', { enumerable: false });
  return { ...inspector, Session };
})
