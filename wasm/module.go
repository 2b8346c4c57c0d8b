package wasm

import (
	"context"
	"fmt"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// features are those of the language that V8 has switched on and wazero knows.
const features = api.CoreFeaturesV2

// Engine compiles modules. Compiled code is kept, by content, until Close.
type Engine struct{ cache wazero.CompilationCache }

// NewEngine returns an engine.
func NewEngine() *Engine { return &Engine{cache: wazero.NewCompilationCache()} }

// Close frees the compiled code; no instance may run any more.
func (e *Engine) Close() error { return e.cache.Close(context.Background()) }

func (e *Engine) runtime() wazero.Runtime {
	return wazero.NewRuntimeWithConfig(context.Background(), wazero.NewRuntimeConfig().WithCompilationCache(e.cache).WithCoreFeatures(features).WithCustomSections(true))
}

// Module is a compiled module.
type Module struct {
	*Binary
	engine *Engine
	code   []byte
}

// Compile checks a module and compiles it. The bytes are copied. Errors are worded
// as V8 words them where it is simple, else as wazero does.
func (e *Engine) Compile(code []byte) (*Module, error) {
	if err := checkHeader(code); err != nil {
		return nil, err
	}
	code = append([]byte(nil), code...)
	r := e.runtime()
	defer func() { _ = r.Close(context.Background()) }()
	if _, err := r.CompileModule(context.Background(), code); err != nil {
		return nil, err
	}
	b, err := parse(code)
	if err != nil {
		return nil, err
	}
	return &Module{Binary: b, engine: e, code: code}, nil
}

func checkHeader(code []byte) error {
	for i, what := range []string{"magic word", "version"} {
		p := code[min(len(code), 4*i):]
		want := header[4*i : 4*i+4]
		switch {
		case i == 0 && len(code) == 0:
			return fmt.Errorf("BufferSource argument is empty")
		case len(p) < 4:
			return fmt.Errorf("expected 4 bytes, fell off end @+%d", 4*i)
		case string(p[:4]) != string(want):
			return fmt.Errorf("expected %s %s, found %s @+%d", what, spaced(want), spaced(p[:4]), 4*i)
		}
	}
	return nil
}

func spaced(p []byte) string { return strings.TrimSpace(fmt.Sprintf("% 02x", p)) }
