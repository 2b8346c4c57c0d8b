// Reading standard input: data, end, encoding.
'use strict';

process.stdin.setEncoding('utf8');
let text = '';
process.stdin.on('data', (chunk) => { text += chunk; });
process.stdin.on('end', () => console.log(JSON.stringify(text), process.stdin.readableEnded));
