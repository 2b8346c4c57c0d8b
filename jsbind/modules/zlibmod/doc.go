// Package zlibmod is node:zlib
// (https://nodejs.org/docs/latest-v24.x/api/zlib.html) over package zlib.
package zlibmod
