'use strict';
// urlToHttpOptions, of URLs and of objects that look like one.
const { urlToHttpOptions } = require('url');
console.log(urlToHttpOptions(new URL('http://a%40:b%3A@h:8080/p?q#f')));
console.log(urlToHttpOptions(new URL('https://[::1]/')));
console.log(urlToHttpOptions(new URL('http://u@h:0/?')));
const extended = Object.assign(new URL('http://h/'), { agent: false, path: 'own' });
console.log(urlToHttpOptions(extended));
console.log(urlToHttpOptions({ href: 'x', hostname: '[a]', port: '7', other: 1, username: 'n' }));
try {
  urlToHttpOptions(new URL('http://%ff@h/'));
} catch (e) {
  console.log(e.name, e.code, e.message);
}
