package parser

import "sync"

// FreeListMax is the number of parsers that are kept for reuse by default.
const FreeListMax = 1000

var free = struct {
	sync.Mutex // guards the rest: programs may run several loops
	list       []*Parser
	max        int
}{max: FreeListMax}

// SetMaxIdle is http.setMaxIdleHTTPParsers: the number of parsers that are kept
// for reuse, in the whole process.
func SetMaxIdle(n int) {
	free.Lock()
	free.max = n
	if len(free.list) > n {
		free.list = free.list[:n]
	}
	free.Unlock()
}

// MaxIdle returns the number of parsers that are kept for reuse.
func MaxIdle() int {
	free.Lock()
	defer free.Unlock()
	return free.max
}

// Get returns a parser that reports to h, from the free list if it has one.
func Get(h Handler, o Options) *Parser {
	free.Lock()
	var p *Parser
	if n := len(free.list); n > 0 {
		p, free.list[n-1] = free.list[n-1], nil
		free.list = free.list[:n-1]
	}
	free.Unlock()
	if p == nil {
		p = new(Parser)
	}
	p.Serve(h, o)
	return p
}

// Put gives p back; the caller must not use it any more. During Execute or
// Finish, Put makes it return after the present callback, and p is given back
// then.
func Put(p *Parser) {
	if p.executing {
		p.freed = true
		return
	}
	p.Reset(nil, Options{})
	free.Lock()
	if len(free.list) < free.max {
		free.list = append(free.list, p)
	}
	free.Unlock()
}
