// Package loader is Node's CommonJS module system
// (https://nodejs.org/docs/latest-v24.x/api/modules.html): the resolution
// algorithm in Go, and the Module class whose functions (_load,
// _resolveFilename, _extensions, prototype._compile) a tool may replace, each
// being looked up at every call.
package loader
