// Package osmod is the binding of node:os
// (https://nodejs.org/docs/latest-v24.x/api/os.html): what the operating system
// tells of the machine and the user.
package osmod
