package cryptomod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/stream"
)

func readOptions(rt *bind.Runtime, o *stream.Options, given *goja.Object) {
	streammod.ReadOptions(rt, o, given)
}

func toChunk(v goja.Value) buffer.Chunk { return streammod.ToChunk(v) }

// pendingDeprecation reports whether --pending-deprecation was given.
func (m *module) pendingDeprecation() bool { return m.rt.PendingDeprecation }
