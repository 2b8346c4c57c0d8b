'use strict';
// url.parse() warns once, and once of a port that is none.
process.on('warning', (w) => console.log(w.name, w.code, w.message));
const url = require('url');
url.parse('http://a:b/');
url.parse('http://c:d/');
url.resolve('http://h', 'x');
