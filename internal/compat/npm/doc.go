// Command npm runs npm packages under Spindle and under Node and writes what
// came out to docs/compatibility.md: scripts of our own that use the packages
// (cases), whose output is compared, and the packages' own test suites, whose
// cases are compared by name. `make compat-npm` calls it.
//
// It needs npm, git and a network, and works in a scratch folder that it keeps,
// so that a second run installs nothing.
package main
