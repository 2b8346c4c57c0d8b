package bind

import "strings"

// CalledFromPackage reports whether the script that called lies in
// node_modules: Node keeps some warnings to a program's own code. depth is how
// many frames are looked at.
func (rt *Runtime) CalledFromPackage(depth int) bool {
	for _, frame := range rt.VM.CaptureCallStack(depth, nil) {
		if name := frame.SrcName(); name != "" && name != "<native>" && !strings.HasPrefix(name, "node:") {
			return strings.Contains(name, "/node_modules/")
		}
	}
	return false
}
