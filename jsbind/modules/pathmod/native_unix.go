//go:build !windows

package pathmod

import "github.com/dop251/goja"

func native(e *exports) *goja.Object { return e.posix }
