package wasm

import (
	"context"
	"errors"
	"fmt"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// HostFunc is an imported function: it reads the parameters from stack and writes
// the results there, as wazero encodes them. A panic unwinds the code that called
// it and comes out of Call.
type HostFunc func(stack []uint64)

// Value is what is given for one import.
type Value struct {
	Func   HostFunc
	Memory *MemoryCell
	Global *GlobalCell
}

// Instance is a module with memory.
type Instance struct {
	mod   api.Module
	calls map[string]*Call
	err   any // what a host function panicked with
}

// Instantiate links a module with values, one for each of its imports, and runs
// its start function. A table that is imported is made new, of the size asked
// for. A memory can belong to one instance only; what was in it is kept.
func (m *Module) Instantiate(values []Value) (i *Instance, err error) {
	ctx := context.Background()
	i = &Instance{calls: map[string]*Call{}}
	r := m.engine.runtime()
	defer func() {
		if err != nil {
			_ = r.Close(ctx)
		}
	}()
	groups := map[string][]int{}
	var names []string
	for n, imp := range m.Imports {
		if groups[imp.Module] == nil {
			names = append(names, imp.Module)
		}
		groups[imp.Module] = append(groups[imp.Module], n)
	}
	for _, name := range names {
		if err := i.provide(ctx, r, m, name, groups[name], values); err != nil {
			return nil, err
		}
	}
	c, err := r.CompileModule(ctx, m.code)
	if err != nil {
		return nil, err
	}
	i.mod, err = r.InstantiateModule(ctx, c, wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if i.err != nil {
		p := i.err
		i.err = nil
		panic(p)
	}
	return i, err
}

// provide makes the module that is imported under a name.
func (i *Instance) provide(ctx context.Context, r wazero.Runtime, m *Module, name string, list []int, values []Value) error {
	plain := true
	var imports []Import
	var globals []uint64
	seen := map[string]bool{}
	for _, n := range list {
		imp := m.Imports[n]
		if seen[imp.Name] {
			continue
		}
		seen[imp.Name] = true
		plain = plain && imp.Kind == Function
		var v uint64
		if g := values[n].Global; g != nil {
			v = g.Get()
		}
		imports, globals = append(imports, imp), append(globals, v)
	}
	host := name
	if !plain {
		host += "\x00host"
	}
	if err := i.host(ctx, r, m, host, list, values); err != nil {
		return err
	}
	if plain {
		return nil
	}
	for k, imp := range imports {
		if imp.Kind == Memory {
			imports[k].Limits = memoryOf(m, name, imp.Name, list, values).limits
		}
	}
	c, err := r.CompileModule(ctx, provider(host, imports, globals))
	if err != nil {
		return err
	}
	mod, err := r.InstantiateModule(ctx, c, wazero.NewModuleConfig().WithName(name))
	if err != nil {
		return err
	}
	for _, n := range list {
		imp := m.Imports[n]
		switch {
		case imp.Kind == Memory:
			if err := values[n].Memory.move(mod.ExportedMemory(imp.Name)); err != nil {
				return err
			}
		case imp.Kind == Global && imp.Mutable:
			values[n].Global.bind(mod.ExportedGlobal(imp.Name))
		}
	}
	return nil
}

func memoryOf(m *Module, module, name string, list []int, values []Value) *MemoryCell {
	for _, n := range list {
		if m.Imports[n].Module == module && m.Imports[n].Name == name {
			return values[n].Memory
		}
	}
	return nil
}

func (i *Instance) host(ctx context.Context, r wazero.Runtime, m *Module, name string, list []int, values []Value) error {
	b := r.NewHostModuleBuilder(name)
	seen := map[string]bool{}
	for _, n := range list {
		imp := m.Imports[n]
		if imp.Kind != Function || seen[imp.Name] {
			continue
		}
		seen[imp.Name] = true
		f := values[n].Func
		b.NewFunctionBuilder().WithGoFunction(api.GoFunc(func(_ context.Context, stack []uint64) {
			defer func() {
				// wazero makes texts of panics: keep the value.
				if p := recover(); p != nil {
					i.err = p
					panic(errHost)
				}
			}()
			f(stack)
		}), imp.Params, imp.Results).Export(imp.Name)
	}
	_, err := b.Instantiate(ctx)
	return err
}

var errHost = errors.New("a host function panicked")

// Call is an exported function that can be called, also while it runs.
type Call struct {
	i      *Instance
	name   string
	idle   []api.Function
	Extern Extern
}

// Function returns the function that is exported under a name.
func (i *Instance) Function(e Export) *Call {
	c := i.calls[e.Name]
	if c == nil {
		c = &Call{i: i, name: e.Name, Extern: e.Extern}
		i.calls[e.Name] = c
	}
	return c
}

// Call calls the function: stack holds the parameters, and then the results. It
// panics with what a host function panicked with. A trap is an error whose text
// is V8's.
func (c *Call) Call(stack []uint64) error {
	var f api.Function
	if n := len(c.idle); n > 0 {
		f, c.idle = c.idle[n-1], c.idle[:n-1]
	} else if f = c.i.mod.ExportedFunction(c.name); f == nil {
		return fmt.Errorf("no function %q", c.name)
	}
	err := f.CallWithStack(context.Background(), stack)
	c.idle = append(c.idle, f)
	if p := c.i.err; p != nil {
		c.i.err = nil
		panic(p)
	}
	if err != nil {
		return trap(err)
	}
	return nil
}

// Memory returns an exported memory.
func (i *Instance) Memory(e Export) *MemoryCell {
	return &MemoryCell{mem: i.mod.ExportedMemory(e.Name), owned: true}
}

// Global returns an exported global.
func (i *Instance) Global(e Export) *GlobalCell {
	return &GlobalCell{Type: e.Type, Mutable: e.Mutable, g: i.mod.ExportedGlobal(e.Name)}
}
