// Package consolemod is the global console and node:console
// (https://nodejs.org/docs/latest-v24.x/api/console.html). It prints through
// the write methods of its streams, process.stdout and process.stderr for the
// global one, so that a program which replaces them sees all output.
package consolemod
