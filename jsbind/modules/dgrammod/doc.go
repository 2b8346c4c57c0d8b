// Package dgrammod is the binding of node:dgram
// (https://nodejs.org/docs/latest-v24.x/api/dgram.html) to package dgram.
package dgrammod
