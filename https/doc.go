// Package https is node:https for Go programs
// (https://nodejs.org/docs/latest-v24.x/api/https.html): package http over
// package tls.
package https
