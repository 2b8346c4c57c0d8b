// Package legacymod is modules of Node that are deprecated names for others:
// node:sys, node:constants, node:_stream_wrap, node:_tls_common and
// node:_tls_wrap.
package legacymod

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/scripted"
)

//go:embed js/*.js
var files embed.FS

func load(rt *bind.Runtime, name string) goja.Value {
	return scripted.New(rt, "legacy", files).Load(name)
}

// LoadConstants returns the exports of node:constants.
func LoadConstants(rt *bind.Runtime) goja.Value { return load(rt, "constants") }

// LoadStreamWrap returns the exports of node:_stream_wrap.
func LoadStreamWrap(rt *bind.Runtime) goja.Value { return load(rt, "stream_wrap") }

// LoadTLSCommon returns the exports of node:_tls_common.
func LoadTLSCommon(rt *bind.Runtime) goja.Value { return load(rt, "tls_common") }

// LoadTLSWrap returns the exports of node:_tls_wrap.
func LoadTLSWrap(rt *bind.Runtime) goja.Value { return load(rt, "tls_wrap") }

// LoadSys returns the exports of node:sys.
func LoadSys(rt *bind.Runtime) goja.Value { return load(rt, "sys") }
