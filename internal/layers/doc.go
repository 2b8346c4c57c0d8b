// Package layers checks the shape of this repository, and runs as part of its
// tests: imports go one way, each foreign package is imported only where it was
// admitted, and no test skips without saying why. Files that are too long are
// named, and fail nothing.
//
// The rules are the tables in rules.go. They follow docs/architecture.md.
package layers
