// Package path implements Node's path module for Go programs: path.posix and
// path.win32, on any platform
// (https://nodejs.org/docs/latest-v24.x/api/path.html).
//
// Unlike the standard path and path/filepath, the functions are Node's: Join
// and Normalize keep a trailing separator, Resolve goes from right to left to
// an absolute path, and the Windows ones read UNC, device and drive-relative
// paths.
//
// Paths are strings of any bytes; only ASCII has a meaning, except that
// MatchesGlob and the reserved names of Windows look at characters. All
// functions are pure, but for the working directory that Resolve, Relative and
// ToNamespacedPath may ask for, and may be called from any goroutine.
package path
