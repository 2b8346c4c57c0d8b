package lang

import "sync"

// The cache of compiled programs: what several runtimes of one process load,
// or one runtime loads again, is compiled once.

const cacheLimit = 32 << 20 // bytes of source text

type cacheKey struct {
	name, src string
	kind      Kind
	types     bool // TypeScript
}

var programs struct {
	sync.Mutex // guards the rest
	byKey      map[cacheKey]*Program
	size       int
}

func cached(key cacheKey) *Program {
	programs.Lock()
	defer programs.Unlock()
	return programs.byKey[key]
}

func remember(key cacheKey, p *Program) {
	programs.Lock()
	defer programs.Unlock()
	if programs.byKey == nil || programs.size+len(key.src) > cacheLimit {
		// Starting over is as good as any order of eviction here: a program
		// that loads more than this once will not load it in a loop.
		programs.byKey = make(map[cacheKey]*Program)
		programs.size = 0
	}
	if _, ok := programs.byKey[key]; !ok {
		programs.byKey[key] = p
		programs.size += len(key.src)
	}
}
