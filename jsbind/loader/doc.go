// Package loader is Node's module systems: CommonJS
// (https://nodejs.org/docs/latest-v24.x/api/modules.html) with the Module class
// whose functions (_load, _resolveFilename, _extensions, prototype._compile) a
// tool may replace, each being looked up at every call; and ECMAScript modules
// (https://nodejs.org/docs/latest-v24.x/api/esm.html), whose resolution and
// loading are Go, above the module records of package lang.
//
// Everything runs on the goroutine of the runtime.
package loader
