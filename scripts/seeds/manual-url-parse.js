console.log(require('url').parse('/status?name=ryan'));
console.log(require('url').parse('/status?name=ryan', true));
