// Package vmmod is node:vm (https://nodejs.org/docs/latest-v24.x/api/vm.html):
// scripts, functions out of text, and contexts.
//
// A context has a global object of its own over the contextified object, which
// is live; lang.Context says how code reaches it. What it does not have is
// intrinsics of its own: Array, Object, Error and so on are the same in all
// contexts, as are promises and their queue.
//
// Arguments are read in js/vm.js.
package vmmod
