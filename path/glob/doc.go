// Package glob matches paths against the patterns of Node's path.matchesGlob and
// fs.glob: those of minimatch with its options windowsPathsNoEscape, nonegate,
// nocomment and optimizationLevel 2
// (https://nodejs.org/docs/latest-v24.x/api/path.html#pathmatchesglobpath-pattern).
//
//   - ?           any characters, one UTF-16 unit, but no "/"
//     [a-c] [!a-c]   one of a class; [[:alpha:]] and the other POSIX classes
//     ?(a|b) *(a|b) +(a|b) @(a|b) !(a|b)
//     none or one, any number, one or more, one, anything else
//     {a,b} {1..3}   alternatives, expanded before all else
//     **             as a whole segment: any number of segments
//
// A leading dot is matched only by a dot. A backslash is a separator; nothing
// escapes, but "[*]" is a literal star. "." and ".." are resolved in pattern and
// path before they are compared.
//
// A *Pattern is immutable and may be used from any goroutine. Patterns are
// trusted: brace expansion may make very many of one, and nested extglobs may
// take exponential time, as they do in Node.
package glob
