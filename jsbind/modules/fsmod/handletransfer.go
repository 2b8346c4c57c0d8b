package fsmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

var _ bind.Transferable = (*fileHandle)(nil)

// TransferClass implements bind.Transferable.
func (h *fileHandle) TransferClass() string { return "FileHandle" }

// CanTransfer implements bind.Transferable: nothing may be under way.
func (h *fileHandle) CanTransfer(rt *bind.Runtime) {
	if h.refs > 1 || h.fd == -1 {
		panic(rt.NewDOMException("Cannot transfer FileHandle while in use", "DataCloneError"))
	}
}

// Transfer implements bind.Transferable: the descriptor goes to another handle.
func (h *fileHandle) Transfer(*bind.Runtime) bind.Restore {
	fd := h.fd
	h.fd, h.refs, h.moved = -1, 0, true
	return func(rt *bind.Runtime) goja.Value {
		m := get(rt)
		m.exports.Get("promises") // defines the class
		return m.newHandle(fd)
	}
}
