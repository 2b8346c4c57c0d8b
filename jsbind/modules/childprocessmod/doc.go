// Package childprocessmod is the binding of node:child_process
// (https://nodejs.org/docs/latest-v24.x/api/child_process.html) to package
// childprocess.
package childprocessmod
