// fetch and its classes, of their parts.
(host, load, web) => {
  const idl = load('idl');
  const h = load('headers', idl);
  const forms = load('formdata', idl);
  const bodies = load('body', idl, forms, web);
  const responses = load('response', idl, h, bodies);
  const requests = load('request', idl, h, bodies);
  const { fetch } = load('fetch', idl, h, bodies, requests, responses, web);
  return { fetch, Headers: h.Headers, FormData: forms.FormData, Request: requests.Request, Response: responses.Response, idl };
};
