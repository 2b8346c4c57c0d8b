package wasm

import (
	"errors"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero/api"
)

// sections makes a module of sections, each an id and its contents.
func sections(list ...[]byte) []byte {
	b := append([]byte(nil), header...)
	for _, s := range list {
		b = append(append(b, s[0], byte(len(s)-1)), s[1:]...)
	}
	return b
}

// counter imports env.f (i32) -> i32, env.m (a memory) and env.g (mut i32), and
// exports run, which stores at 0 what f gives for g, fail, which traps, and the
// memory.
var counter = sections(
	[]byte{1, 3, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 0, 0, 0x60, 0, 1, 0x7f},
	append([]byte{2, 3}, "\x03env\x01f\x00\x00\x03env\x01m\x02\x00\x01\x03env\x01g\x03\x7f\x01"...),
	[]byte{3, 2, 1, 1},
	append([]byte{7, 3}, "\x03run\x00\x01\x04fail\x00\x02\x01m\x02\x00"...),
	[]byte{10, 2, 11, 0, 0x41, 0, 0x23, 0, 0x10, 0, 0x36, 2, 0, 0x0b, 3, 0, 0, 0x0b},
)

func TestInstance(t *testing.T) {
	e := NewEngine()
	defer e.Close()
	m, err := e.Compile(counter)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Imports) != 3 || m.Imports[1].Kind != Memory || !m.Imports[2].Mutable || len(m.Exports) != 3 || m.Exports[2].Name != "m" {
		t.Fatalf("imports %v, exports %v", m.Imports, m.Exports)
	}
	memory, global := NewMemory(Limits{Min: 2}), NewGlobal(api.ValueTypeI32, true, 20)
	memory.Bytes()[65536] = 7
	broken := errors.New("broken")
	values := []Value{{Func: func(stack []uint64) {
		if stack[0] == 13 {
			panic(broken)
		}
		stack[0] += 22
	}}, {Memory: memory}, {Global: global}}
	i, err := m.Instantiate(values)
	if err != nil {
		t.Fatal(err)
	}
	run := i.Function(m.Exports[0])
	if err := run.Call(nil); err != nil || memory.Bytes()[0] != 42 || memory.Bytes()[65536] != 7 {
		t.Errorf("run: %v, %v", err, memory.Bytes()[:4])
	}
	global.Set(1)
	if err := run.Call(nil); err != nil || memory.Bytes()[0] != 23 || global.Get() != 1 {
		t.Errorf("run again: %v, %v", err, memory.Bytes()[:4])
	}
	global.Set(13)
	func() {
		defer func() {
			if p := recover(); p != broken {
				t.Errorf("recovered %v", p)
			}
		}()
		_ = run.Call(nil)
		t.Error("no panic")
	}()
	if err := i.Function(m.Exports[1]).Call(nil); err == nil || err.Error() != "unreachable" {
		t.Errorf("fail: %v", err)
	}
	if was, ok := memory.Grow(1); !ok || was != 2 || len(memory.Bytes()) != 3<<16 || memory.Bytes()[65536] != 7 {
		t.Errorf("grow: %d %v", was, ok)
	}
	if _, err := m.Instantiate(values); !errors.Is(err, errTaken) {
		t.Errorf("a memory in two instances: %v", err)
	}
}

func TestCompileErrors(t *testing.T) {
	e := NewEngine()
	defer e.Close()
	for code, want := range map[string]string{
		"":                        "BufferSource argument is empty",
		"\x00as":                  "expected 4 bytes, fell off end @+0",
		"nope":                    "expected magic word 00 61 73 6d, found 6e 6f 70 65 @+0",
		"\x00asm\x02\x00\x00\x00": "expected version 01 00 00 00, found 02 00 00 00 @+4",
		string(counter[:20]):      "",
		string(sections([]byte{2, 1, 1, 'a', 1, 'b', 9})): "",
	} {
		if _, err := e.Compile([]byte(code)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", code, err)
		}
	}
}
