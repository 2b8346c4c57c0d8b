package wasm

import (
	"errors"

	"github.com/tetratelabs/wazero/api"
)

// pageSize is that of a memory's page.
const pageSize = 65536

// maxPages is how long a memory can be.
const maxPages = 65536

// MemoryCell is a memory: one that an instance has, or one that no instance has
// taken yet.
type MemoryCell struct {
	mem    api.Memory
	bytes  []byte // while no instance has it
	limits Limits
	owned  bool
}

// NewMemory returns a memory that is in no instance.
func NewMemory(l Limits) *MemoryCell {
	return &MemoryCell{bytes: make([]byte, int(l.Min)*pageSize), limits: l}
}

// Bytes returns the memory itself. The slice is another one after the memory
// grew.
func (c *MemoryCell) Bytes() []byte {
	if c.mem == nil {
		return c.bytes
	}
	p, _ := c.mem.Read(0, c.mem.Size())
	return p
}

// Grow adds pages and returns how many there were; ok is false if there may not
// be as many.
func (c *MemoryCell) Grow(delta uint32) (previous uint32, ok bool) {
	if c.mem != nil {
		return c.mem.Grow(delta)
	}
	previous = uint32(len(c.bytes) / pageSize)
	top := uint64(maxPages)
	if c.limits.HasMax {
		top = uint64(c.limits.Max)
	}
	if uint64(previous)+uint64(delta) > top {
		return previous, false
	}
	c.bytes = append(make([]byte, 0, (int(previous)+int(delta))*pageSize), c.bytes...)[:(int(previous)+int(delta))*pageSize]
	c.limits.Min = previous + delta
	return previous, true
}

// errTaken is why a memory cannot be imported.
var errTaken = errors.New("a memory that belongs to an instance cannot be imported by another one")

// Free reports whether an instance can import the memory.
func (c *MemoryCell) Free() bool { return !c.owned }

// Limits returns the size at present, and the maximum.
func (c *MemoryCell) Limits() Limits { return c.limits }

// move puts the contents into the memory of an instance, which the cell stands
// for from then on.
func (c *MemoryCell) move(mem api.Memory) error {
	if c.owned {
		return errTaken
	}
	mem.Write(0, c.bytes)
	c.mem, c.bytes, c.owned = mem, nil, true
	return nil
}

// GlobalCell is a global: an instance's, or a value that no instance has taken.
type GlobalCell struct {
	Type    api.ValueType
	Mutable bool
	g       api.Global
	value   uint64
}

// NewGlobal returns a global that is in no instance.
func NewGlobal(t api.ValueType, mutable bool, value uint64) *GlobalCell {
	return &GlobalCell{Type: t, Mutable: mutable, value: value}
}

// Get returns the value as wazero encodes it.
func (c *GlobalCell) Get() uint64 {
	if c.g != nil {
		return c.g.Get()
	}
	return c.value
}

// Set changes the value of a mutable global.
func (c *GlobalCell) Set(v uint64) {
	if m, ok := c.g.(api.MutableGlobal); ok {
		m.Set(v)
		return
	}
	c.value = v
}

func (c *GlobalCell) bind(g api.Global) { c.g = g }

// Free reports whether no instance has the global.
func (c *GlobalCell) Free() bool { return c.g == nil }
