// Package cryptomod is the binding of node:crypto
// (https://nodejs.org/docs/latest-v24.x/api/crypto.html) and of the Web Crypto
// API (https://nodejs.org/docs/latest-v24.x/api/webcrypto.html) to package
// crypto. What takes time runs off the loop where a program gave a callback or
// waits for a promise.
package cryptomod
