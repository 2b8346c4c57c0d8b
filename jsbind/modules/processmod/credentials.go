package processmod

import (
	"errors"
	"os/user"
	"strconv"
	"syscall"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// credentials adds setuid and its like, which take a number or a name.
func (p *Process) credentials() {
	set := func(name, kind string, find func(string) (int, bool), call func(int) error) {
		p.method(name, 1, func(c goja.FunctionCall) goja.Value {
			id := p.credential(c.Argument(0), "id", kind, find)
			p.done(call(id), name)
			return goja.Undefined()
		})
	}
	set("setuid", "User", userID, syscall.Setuid)
	set("seteuid", "User", userID, func(id int) error { return syscall.Setreuid(-1, id) })
	set("setgid", "Group", groupID, syscall.Setgid)
	set("setegid", "Group", groupID, func(id int) error { return syscall.Setregid(-1, id) })
	p.method("setgroups", 1, func(c goja.FunctionCall) goja.Value {
		list, ok := c.Argument(0).(*goja.Object)
		if !ok || !bind.IsArray(list) {
			p.rt.ArgType("groups", c.Argument(0), "Array")
		}
		ids := make([]int, int(list.Get("length").ToInteger()))
		for i := range ids {
			n := strconv.Itoa(i)
			ids[i] = p.credential(bind.Get(list, n), "groups["+n+"]", "Group", groupID)
		}
		p.done(syscall.Setgroups(ids), "setgroups")
		return goja.Undefined()
	})
	p.method("initgroups", 2, func(c goja.FunctionCall) goja.Value {
		p.idType(c.Argument(0), "user")
		p.idType(c.Argument(1), "extraGroup")
		extra := p.credential(c.Argument(1), "extraGroup", "Group", groupID)
		u := findUser(c.Argument(0))
		if u == nil {
			p.unknown("User", c.Argument(0))
		}
		names, err := u.GroupIds()
		if err != nil {
			p.unknown("User", c.Argument(0))
		}
		ids := []int{extra}
		for _, n := range names {
			if id, err := strconv.Atoi(n); err == nil && id != extra {
				ids = append(ids, id)
			}
		}
		p.done(syscall.Setgroups(ids), "initgroups")
		return goja.Undefined()
	})
}

// idType checks that an argument is a number or a string.
func (p *Process) idType(v goja.Value, name string) {
	if !goja.IsNumber(v) && !goja.IsString(v) {
		p.rt.ArgType(name, v, "number", "string")
	}
}

// credential reads an id: a number of 32 bits, or a name that find knows.
func (p *Process) credential(v goja.Value, name, kind string, find func(string) (int, bool)) int {
	p.idType(v, name)
	if goja.IsNumber(v) {
		return int(p.rt.Integer(v, name, 0, 1<<32-1))
	}
	id, ok := find(v.String())
	if !ok {
		p.unknown(kind, v)
	}
	return id
}

func (p *Process) unknown(kind string, v goja.Value) {
	p.rt.Throw(nodeerr.New(nodeerr.KindError, "ERR_UNKNOWN_CREDENTIAL", kind+" identifier does not exist: "+v.String()))
}

func (p *Process) done(err error, call string) {
	var errno syscall.Errno
	if errors.As(err, &errno) {
		e := nodeerr.System(errno, call, "", 0)
		e.Message = nodeerr.ErrnoName(errno) + ", " + nodeerr.ErrnoText(errno)
		p.rt.Throw(e)
	}
}

func userID(name string) (int, bool) {
	u, err := user.Lookup(name)
	if err != nil {
		return 0, false
	}
	id, err := strconv.Atoi(u.Uid)
	return id, err == nil
}

func groupID(name string) (int, bool) {
	g, err := user.LookupGroup(name)
	if err != nil {
		return 0, false
	}
	id, err := strconv.Atoi(g.Gid)
	return id, err == nil
}

func findUser(v goja.Value) *user.User {
	find := user.Lookup
	if goja.IsNumber(v) {
		find = user.LookupId
	}
	u, err := find(v.String())
	if err != nil {
		return nil
	}
	return u
}
