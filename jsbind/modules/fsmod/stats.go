package fsmod

import (
	"math"
	"math/big"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/fs"
	"github.com/spindle-js/spindle/jsbind/bind"
)

// kinds are the questions that Stats and Dirent answer.
var kinds = []struct {
	name  string
	mode  uint64
	entry int
}{
	{"isDirectory", fs.KindDir, fs.EntryDir},
	{"isFile", fs.KindFile, fs.EntryFile},
	{"isBlockDevice", fs.KindBlock, fs.EntryBlock},
	{"isCharacterDevice", fs.KindChar, fs.EntryChar},
	{"isSymbolicLink", fs.KindSymlink, fs.EntryLink},
	{"isFIFO", fs.KindFIFO, fs.EntryFIFO},
	{"isSocket", fs.KindSocket, fs.EntrySocket},
}

var statsFields = []string{"dev", "mode", "nlink", "uid", "gid", "rdev", "blksize", "ino", "size", "blocks"}
var statsTimes = []string{"atime", "mtime", "ctime", "birthtime"}

// defineStats makes the classes Stats and BigIntStats.
func (m *module) defineStats() {
	rt := m.rt
	m.statsBase = rt.NewClass(bind.ClassDef{Name: "StatsBase", Length: 10, New: func(*goja.Object, []goja.Value) *goja.Object { return nil }})
	for _, k := range kinds {
		m.statsBase.Method(k.name, 0, func(c goja.FunctionCall) goja.Value {
			o, ok := c.This.(*goja.Object)
			return rt.VM.ToValue(ok && modeOf(o)&0o170000 == k.mode)
		})
	}
	warned := false
	m.stats = rt.NewClass(bind.ClassDef{Name: "Stats", Parent: m.statsBase, Length: 14, New: func(this *goja.Object, a []goja.Value) *goja.Object {
		if !warned && rt.Warn != nil {
			warned = true
			rt.Warn("fs.Stats constructor is deprecated.", "DeprecationWarning", map[string]any{"code": "DEP0180"})
		}
		for i, name := range statsFields {
			_ = this.Set(name, arg(a, i))
		}
		for i, name := range statsTimes {
			_ = this.Set(name+"Ms", arg(a, len(statsFields)+i))
		}
		return nil
	}})
	m.bigStats = rt.NewClass(bind.ClassDef{Name: "BigIntStats", Parent: m.statsBase, Length: 14, New: func(*goja.Object, []goja.Value) *goja.Object { return nil }})
	for _, c := range []*bind.Class{m.stats, m.bigStats} {
		for _, name := range statsTimes {
			own := func(this, v goja.Value) {
				if o, ok := this.(*goja.Object); ok {
					_ = o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_FALSE, goja.FLAG_FALSE)
				}
			}
			c.Accessor(name, func(this goja.Value) goja.Value {
				o, ok := this.(*goja.Object)
				if !ok {
					return goja.Undefined()
				}
				v := m.dateOf(bind.Get(o, name+"Ms"))
				own(this, v)
				return v
			}, own, true)
		}
	}
	m.stats.Method("_checkModeProperty", 1, func(c goja.FunctionCall) goja.Value {
		o, ok := c.This.(*goja.Object)
		return rt.VM.ToValue(ok && int64(modeOf(o)&0o170000) == c.Argument(0).ToInteger())
	})
	m.stats.Seal()
	m.bigStats.Seal()
	_ = m.exports.Set("Stats", m.stats.Ctor)
}

func modeOf(o *goja.Object) uint64 {
	switch x := bind.Get(o, "mode").Export().(type) {
	case int64:
		return uint64(x)
	case float64:
		return uint64(int64(x))
	case *big.Int:
		return x.Uint64()
	}
	return 0
}

// dateOf is a Date of milliseconds, which may be a BigInt; rounded.
func (m *module) dateOf(ms goja.Value) goja.Value {
	var f float64
	if b, ok := ms.Export().(*big.Int); ok {
		f, _ = new(big.Float).SetInt(b).Float64()
	} else {
		f = ms.ToFloat()
	}
	v, err := m.rt.VM.New(m.date, m.rt.VM.ToValue(int64(math.Floor(f+0.5))))
	if err != nil {
		panic(err)
	}
	return v
}

// statsValue makes a Stats or a BigIntStats.
func (m *module) statsValue(s *fs.Stats, bigint bool) goja.Value {
	vm := m.rt.VM
	fields := [10]uint64{s.Dev, s.Mode, s.Nlink, s.UID, s.GID, s.Rdev, s.Blksize, s.Ino, s.Size, s.Blocks}
	times := [4]int64{s.Atime, s.Mtime, s.Ctime, s.Birthtime}
	if !bigint {
		o := vm.CreateObject(m.stats.Proto)
		for i, name := range statsFields {
			_ = o.Set(name, float64(fields[i]))
		}
		for i, name := range statsTimes {
			ns := times[i]
			sec, rest := ns/1e9, ns%1e9
			if rest < 0 {
				sec, rest = sec-1, rest+1e9
			}
			_ = o.Set(name+"Ms", float64(sec)*1e3+float64(rest)/1e6)
		}
		return o
	}
	o := vm.CreateObject(m.bigStats.Proto)
	for i, name := range statsFields {
		_ = o.Set(name, vm.ToValue(new(big.Int).SetUint64(fields[i])))
	}
	for i, name := range statsTimes {
		_ = o.Set(name+"Ms", vm.ToValue(big.NewInt(times[i]/1e6)))
	}
	for i, name := range statsTimes {
		_ = o.Set(name+"Ns", vm.ToValue(big.NewInt(times[i])))
	}
	return o
}
