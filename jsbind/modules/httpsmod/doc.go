// Package httpsmod is the binding of node:https
// (https://nodejs.org/docs/latest-v24.x/api/https.html).
package httpsmod
