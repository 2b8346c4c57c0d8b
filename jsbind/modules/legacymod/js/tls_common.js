// node:_tls_common: a part of node:tls.
(function (host) {
  const { SecureContext, createSecureContext } = host.require('tls');
  // The distinguished name of a certificate, of lines NAME=value, as an object.
  function parse(text) {
    const o = { __proto__: null };
    for (const line of text.split('\n')) {
      const i = line.indexOf('=');
      if (i <= 0) continue;
      const [name, value] = [line.slice(0, i), line.slice(i + 1)];
      if (o[name] === undefined) o[name] = value;
      else o[name] = [].concat(o[name], value);
    }
    return o;
  }

  function translatePeerCertificate(c) {
    if (!c) return null;
    if (c.issuer != null) c.issuer = typeof c.issuer === 'string' ? parse(c.issuer) : c.issuer;
    if (c.issuerCertificate != null && c.issuerCertificate !== c) c.issuerCertificate = translatePeerCertificate(c.issuerCertificate);
    if (c.subject != null) c.subject = typeof c.subject === 'string' ? parse(c.subject) : c.subject;
    if (typeof c.infoAccess === 'string') {
      const info = c.infoAccess;
      c.infoAccess = { __proto__: null };
      info.replace(/([^\n:]*):([^\n]*)(?:\n|$)/g, (all, key, value) => {
        if (value.charCodeAt(0) === 0x22) value = JSON.parse(value);
        (c.infoAccess[key] ??= []).push(value);
        return '';
      });
    }
    return c;
  }

  return { SecureContext, createSecureContext, translatePeerCertificate };
})
