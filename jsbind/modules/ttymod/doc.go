// Package ttymod is node:tty
// (https://nodejs.org/docs/latest-v24.x/api/tty.html): terminals as sockets,
// with their size, their colors and the sequences that move the cursor.
package ttymod
