// Package readlinemod is node:readline and node:readline/promises
// (https://nodejs.org/docs/latest-v24.x/api/readline.html): lines out of any
// stream, key presses out of a terminal's bytes, and the line editor with
// history, completion, undo and a kill ring.
//
// All of it is JavaScript, in js/: programs replace the editor's methods one by
// one, and nothing of it runs more often than a key is pressed or a line read.
package readlinemod
