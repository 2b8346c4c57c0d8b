package main

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// build builds the program that is tested against itself.
func build(t *testing.T) string {
	bin := filepath.Join(t.TempDir(), "spindle")
	if out, err := exec.Command("go", "build", "-o", bin, "../../cmd/spindle").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return bin
}

// A program does not differ from itself; it does from itself with another
// parser, and the differences are told in their shortest form.
func TestRun(t *testing.T) {
	bin := build(t)
	o := options{corpus: "../../http/parser/testdata/corpus", seed: 7, requests: 400, responses: 200, jobs: 4, show: 3, spindle: bin, reference: bin}
	var out bytes.Buffer
	found, err := run(&o, &out)
	if err != nil || found > 0 {
		t.Errorf("%d differences, %v\n%s", found, err, out.String())
	}
	if strings.Contains(out.String(), " 0 accepted") {
		t.Errorf("nothing was accepted: %s", out.String())
	}

	out.Reset()
	o.reference, o.only, o.requests, o.responses = bin+" --max-http-header-size=200", "plain", 400, 0
	if found, err = run(&o, &out); err != nil || found == 0 {
		t.Errorf("%d differences, %v\n%s", found, err, out.String())
	}
	if !strings.Contains(out.String(), "HPE_HEADER_OVERFLOW") {
		t.Errorf("told %s", out.String())
	}
}

// Equal seeds make equal cases, others others.
func TestSourceIsDetermined(t *testing.T) {
	corpus := [][]byte{[]byte("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), []byte("POST / HTTP/1.1\r\n\r\n")}
	make := func(seed, worker uint64, response bool) []*testCase {
		s := newSource(seed, worker, response, corpus, []string{"plain", "stream"})
		var out []*testCase
		for range 300 {
			c := s.next()
			if len(c.input) > maxInput || !slices.IsSorted(c.cuts) {
				t.Fatalf("%+v", c)
			}
			out = append(out, c)
		}
		return out
	}
	same := func(a, b []*testCase) bool {
		return slices.EqualFunc(a, b, func(a, b *testCase) bool {
			return a.config == b.config && slices.Equal(a.cuts, b.cuts) && bytes.Equal(a.input, b.input)
		})
	}
	for _, response := range []bool{false, true} {
		a := make(1, 2, response)
		if !same(a, make(1, 2, response)) {
			t.Error("equal seeds make different cases")
		}
		if same(a, make(2, 2, response)) || same(a, make(1, 3, response)) {
			t.Error("different seeds make equal cases")
		}
	}
}

func TestMinimise(t *testing.T) {
	for _, c := range []struct {
		name    string
		in      testCase
		differs func(*testCase) bool
		want    testCase
	}{
		{"two bytes far apart", testCase{"a", nil, []byte(strings.Repeat("x", 100) + "1" + strings.Repeat("y", 200) + "2" + "z")},
			func(c *testCase) bool {
				i := bytes.IndexByte(c.input, '1')
				return i >= 0 && bytes.IndexByte(c.input[i:], '2') > 0
			}, testCase{"a", nil, []byte("12")}},
		{"cuts", testCase{"a", []int{1, 3, 5}, []byte("abcdef")},
			func(c *testCase) bool {
				return slices.ContainsFunc(c.cuts, func(cut int) bool { return bytes.HasSuffix(c.input[:cut], []byte("c")) })
			}, testCase{"a", []int{1}, []byte("c")}},
		{"everything matters", testCase{"a", nil, []byte("abc")},
			func(c *testCase) bool { return string(c.input) == "abc" }, testCase{"a", nil, []byte("abc")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := minimise(&c.in, c.differs)
			if got.config != c.want.config || !slices.Equal(got.cuts, c.want.cuts) || !bytes.Equal(got.input, c.want.input) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}
