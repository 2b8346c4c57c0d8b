package protocol

// directSize is from which size on a payload goes out from where it lies.
const directSize = 2048

// output collects what is to be written.
type output struct {
	separate bool
	bufs     [][]byte // complete
	cur      []byte   // being filled
	size     int
}

// Write appends p, as the Framer's writer.
func (o *output) Write(p []byte) (int, error) {
	if o.separate && len(o.cur) > 0 {
		o.bufs = append(o.bufs, o.cur)
		o.cur = o.cur[len(o.cur):]
	}
	o.cur = append(o.cur, p...)
	o.size += len(p)
	return len(p), nil
}

// refer appends p without copying it, if it is large.
func (o *output) refer(p []byte) {
	if len(p) < directSize {
		_, _ = o.Write(p)
		return
	}
	if len(o.cur) > 0 {
		o.bufs = append(o.bufs, o.cur)
		o.cur = o.cur[len(o.cur):]
	}
	o.bufs = append(o.bufs, p)
	o.size += len(p)
}

// take returns what was collected and begins anew.
func (o *output) take() [][]byte {
	if len(o.cur) > 0 {
		o.bufs = append(o.bufs, o.cur)
	}
	b := o.bufs
	*o = output{separate: o.separate}
	return b
}
