package http

// Value is the value of an outgoing header: one text or several, and the host's
// own value, which getHeader gives back.
type Value struct {
	Text string
	List []string
	Host any
}

// Field is a header line to be sent.
type Field struct {
	Name  string
	Value Value
}

// IsList reports whether the value was given as a list.
func (v Value) IsList() bool { return v.List != nil }

// TextValue is a value of one text.
func TextValue(s string) Value { return Value{Text: s} }

// ListValue is a value of several texts.
func ListValue(list ...string) Value {
	if list == nil {
		list = []string{}
	}
	return Value{List: list}
}

// outHeaders are the headers set on a message, in the order of first setting.
type outHeaders struct {
	set  bool // setHeader was called: the table is there, even if empty
	list []outField
}

type outField struct {
	key string // lower case
	Field
}

func (h *outHeaders) find(key string) int {
	for i := range h.list {
		if h.list[i].key == key {
			return i
		}
	}
	return -1
}

func (h *outHeaders) put(key string, f Field) {
	h.set = true
	if i := h.find(key); i >= 0 {
		h.list[i].Field = f
		return
	}
	h.list = append(h.list, outField{key, f})
}

func (h *outHeaders) remove(key string) {
	if i := h.find(key); i >= 0 {
		h.list = append(h.list[:i], h.list[i+1:]...)
	}
}

func (h *outHeaders) fields() []Field {
	out := make([]Field, len(h.list))
	for i := range h.list {
		out[i] = h.list[i].Field
	}
	return out
}
