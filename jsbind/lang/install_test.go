package lang

import (
	"testing"

	"github.com/dop251/goja"
)

func BenchmarkNewRuntime(b *testing.B) {
	for b.Loop() {
		goja.New()
	}
}

func BenchmarkInstall(b *testing.B) {
	for b.Loop() {
		Install(goja.New())
	}
}
