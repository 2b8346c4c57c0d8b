package net

// SetReplaced tells the handle how to find the functions that a program has put
// in the place of its verbs, under their names in JavaScript ("setNoDelay",
// "readStart"); f returns nil where the verb stands. Socket and Server ask for
// those verbs that Node calls as members of the handle.
func (h *Handle) SetReplaced(f func(verb string) func(args ...any) Status) { h.more().replaced = f }

// replacement returns the program's function for a verb, nil for none.
func (h *Handle) replacement(verb string) func(args ...any) Status {
	if h.extra == nil || h.extra.replaced == nil {
		return nil
	}
	return h.extra.replaced(verb)
}

func (h *Handle) callSetNoDelay(on bool) {
	if f := h.replacement("setNoDelay"); f != nil {
		f(on)
		return
	}
	if !h.IsPipe() {
		h.SetNoDelay(on)
	}
}

func (h *Handle) callSetKeepAlive(on bool, delay int) {
	if f := h.replacement("setKeepAlive"); f != nil {
		f(on, delay)
		return
	}
	if !h.IsPipe() {
		h.SetKeepAlive(on, delay)
	}
}

func (h *Handle) callReadStart() Status {
	if f := h.replacement("readStart"); f != nil {
		h.flags |= hWanted // handle.reading is set before the call
		return f()
	}
	return h.ReadStart()
}

func (h *Handle) callReadStop() Status {
	if f := h.replacement("readStop"); f != nil {
		h.flags &^= hWanted
		return f()
	}
	return h.ReadStop()
}
