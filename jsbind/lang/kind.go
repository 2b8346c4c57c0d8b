package lang

import "strings"

// isTypeScript says whether a file name ends as TypeScript's do.
func isTypeScript(name string) bool {
	return strings.HasSuffix(name, ".ts") || strings.HasSuffix(name, ".mts") || strings.HasSuffix(name, ".cts")
}
