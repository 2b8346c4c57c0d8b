package fsmod

import (
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/fs"
	"github.com/spindle-js/spindle/jsbind/bind"
)

// treeOperations change the tree of names.
var treeOperations = []operation{
	{name: "mkdir", sync: 2, length: 3, first: 1, last: 2, prepare: (*module).mkdir},
	{name: "mkdtemp", sync: 2, length: 3, first: 1, last: 2, prepare: func(m *module, a []goja.Value) job {
		_, enc := m.options(arg(a, 1))
		prefix := m.tempPrefix(arg(a, 0))
		return m.nameJob(enc, func() (string, error) { return fs.Mkdtemp(prefix) })
	}},
	{name: "readdir", sync: 2, length: 3, first: 1, last: 2, prepare: (*module).readdir},
	{name: "rmdir", sync: 2, length: 3, first: 1, last: 2, prepare: func(m *module, a []goja.Value) job {
		path := m.path(arg(a, 0), "path")
		o := m.rmdirOptions(arg(a, 1))
		if o.Recursive {
			return nothing(func() error { return fs.RemoveTree(path, o) })
		}
		return nothing(func() error { return fs.Rmdir(path) })
	}},
	{name: "rm", sync: 2, length: 3, first: 1, last: 2, argsFirst: true, prepare: func(m *module, a []goja.Value) job {
		path := m.path(arg(a, 0), "path")
		o := m.removeOptions(arg(a, 1))
		return nothing(func() error { return fs.Remove(path, o) })
	}},
	{name: "rename", sync: 2, length: 3, first: 2, last: 2, prepare: func(m *module, a []goja.Value) job {
		from, to := m.path(arg(a, 0), "oldPath"), m.path(arg(a, 1), "newPath")
		return nothing(func() error { return fs.Rename(from, to) })
	}},
	{name: "unlink", sync: 1, length: 2, first: 1, last: 1, prepare: func(m *module, a []goja.Value) job {
		path := m.path(arg(a, 0), "path")
		return nothing(func() error { return fs.Unlink(path) })
	}},
	{name: "link", sync: 2, length: 3, first: 2, last: 2, prepare: func(m *module, a []goja.Value) job {
		from, to := m.path(arg(a, 0), "existingPath"), m.path(arg(a, 1), "newPath")
		return nothing(func() error { return fs.Link(from, to) })
	}},
	{name: "symlink", sync: 3, length: 4, first: 2, last: 3, prepare: func(m *module, a []goja.Value) job {
		if v := arg(a, 2); !bind.IsNullish(v) {
			m.linkType(v)
		}
		target, path := m.path(arg(a, 0), "target"), m.path(arg(a, 1), "path")
		return nothing(func() error { return fs.Symlink(target, path) })
	}},
	{name: "readlink", sync: 2, length: 3, first: 1, last: 2, prepare: func(m *module, a []goja.Value) job {
		_, enc := m.options(arg(a, 1))
		path := m.path(arg(a, 0), "path")
		return m.nameJob(enc, func() (string, error) { return fs.Readlink(path) })
	}},
	{name: "realpath", sync: 2, length: 3, first: 1, last: 2, prepare: func(m *module, a []goja.Value) job {
		_, enc := m.options(arg(a, 1))
		path := m.path(arg(a, 0), "path")
		return m.nameJob(enc, func() (string, error) { return fs.Realpath(path) })
	}},
}

// tempPrefix reads the prefix of mkdtemp.
func (m *module) tempPrefix(v goja.Value) string {
	prefix := m.path(v, "prefix")
	if strings.HasSuffix(prefix, "X") && !m.warnedTemp && m.rt.Warn != nil {
		m.warnedTemp = true
		m.rt.Warn("mkdtemp() templates ending with X are not portable. For details see: https://nodejs.org/api/fs.html", "Warning", nil)
	}
	return prefix
}

// realpathNative is realpath.native and realpathSync.native.
var realpathNative = operation{name: "native", sync: 2, length: 3, first: 1, last: 2, prepare: func(m *module, a []goja.Value) job {
	_, enc := m.options(arg(a, 1))
	path := m.path(arg(a, 0), "path")
	return m.nameJob(enc, func() (string, error) { return fs.RealpathNative(path) })
}}

func (m *module) defineNative() {
	async, sync := m.forms(&realpathNative)
	_ = m.exports.Get("realpath").(*goja.Object).Set("native", async)
	_ = m.exports.Get("realpathSync").(*goja.Object).Set("native", sync)
}

func (m *module) nameJob(enc encoding, f func() (string, error)) job {
	return job{
		run:   func() (any, error) { return f() },
		value: func(v any) goja.Value { return m.name(v.(string), enc) },
	}
}

// mkdir is fs.mkdir(path, mode | {recursive, mode}).
func (m *module) mkdir(a []goja.Value) job {
	mode, recursive := uint32(0o777), false
	path := m.path(arg(a, 0), "path")
	switch v := arg(a, 1); {
	case isNumber(v) || goja.IsString(v):
		mode = m.mode(v, "mode", 0o777)
	default:
		if o, ok := v.(*goja.Object); ok && !bind.IsCallable(v) {
			recursive = m.flagOption(o, "recursive", false)
			mode = m.mode(bind.Get(o, "mode"), "options.mode", 0o777)
		}
	}
	if !recursive {
		return nothing(func() error { return fs.Mkdir(path, mode) })
	}
	return job{
		run: func() (any, error) { return fs.MkdirAll(path, mode) },
		value: func(v any) goja.Value {
			if first := v.(string); first != "" {
				return m.rt.VM.ToValue(first)
			}
			return goja.Undefined()
		},
	}
}

// readdir is fs.readdir with {encoding, withFileTypes, recursive}.
func (m *module) readdir(a []goja.Value) job {
	o, enc := m.options(arg(a, 1))
	path := m.path(arg(a, 0), "path")
	recursive := false
	if v := bind.Get(o, "recursive"); !bind.IsNullish(v) {
		recursive = m.rt.Bool(v, "options.recursive")
	}
	types := bind.Get(o, "withFileTypes").ToBoolean()
	return job{
		run: func() (any, error) { return fs.Readdir(path, recursive, true) },
		value: func(v any) goja.Value {
			list := v.([]fs.Entry)
			items := make([]any, len(list))
			for i, e := range list {
				if types {
					items[i] = m.direntValue(e, enc)
				} else {
					items[i] = m.name(below(path, e), enc)
				}
			}
			return m.rt.VM.NewArray(items...)
		},
	}
}

// below is an entry's path relative to the directory that was read.
func below(root string, e fs.Entry) string {
	if e.Parent == root {
		return e.Name
	}
	rel := strings.TrimPrefix(e.Parent, fs.Join(root, ""))
	return strings.TrimPrefix(rel+"/"+e.Name, "/")
}

// removeOptions reads the options of rm.
func (m *module) removeOptions(v goja.Value) fs.RemoveOptions {
	out := fs.RemoveOptions{RetryDelay: 100 * time.Millisecond}
	if goja.IsUndefined(v) {
		return out
	}
	o := m.rt.Object(v, "options")
	out.Force = m.flagOption(o, "force", false)
	out.Recursive = m.flagOption(o, "recursive", false)
	m.retries(o, &out)
	return out
}

func (m *module) retries(o *goja.Object, out *fs.RemoveOptions) {
	if v := bind.Get(o, "retryDelay"); !goja.IsUndefined(v) {
		out.RetryDelay = time.Duration(m.rt.Integer(v, "options.retryDelay", 0, maxInt32)) * time.Millisecond
	}
	if v := bind.Get(o, "maxRetries"); !goja.IsUndefined(v) {
		out.MaxRetries = int(m.rt.Integer(v, "options.maxRetries", 0, maxUint32))
	}
}

// rmdirOptions reads the options of rmdir, whose recursive is deprecated.
func (m *module) rmdirOptions(v goja.Value) fs.RemoveOptions {
	out := fs.RemoveOptions{RetryDelay: 100 * time.Millisecond}
	if goja.IsUndefined(v) {
		return out
	}
	o := m.rt.Object(v, "options")
	out.Recursive = m.flagOption(o, "recursive", false)
	m.retries(o, &out)
	if out.Recursive && !m.warnedRmdir && m.rt.Warn != nil {
		m.warnedRmdir = true
		m.rt.Warn("In future versions of Node.js, fs.rmdir(path, { recursive: true }) will be removed. Use fs.rm(path, { recursive: true }) instead",
			"DeprecationWarning", map[string]any{"code": "DEP0147"})
	}
	return out
}

// linkType validates the type argument of symlink, which means something on
// Windows alone.
func (m *module) linkType(v goja.Value) {
	if goja.IsString(v) {
		switch v.String() {
		case "dir", "file", "junction":
			return
		}
		m.rt.ArgValue("type", v, "must be one of: 'dir', 'file', 'junction', null, undefined")
	}
	m.rt.ArgValue("type", v, "must be one of: 'dir', 'file', 'junction', null, undefined")
}
