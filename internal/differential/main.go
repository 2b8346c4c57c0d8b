package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spindle-js/spindle/internal/httpcases"
)

// options of a run.
type options struct {
	reference, spindle  string // programs, with arguments
	corpus              string // folder of the parser's cases
	seed                uint64
	requests, responses int
	jobs                int
	show                int    // differences after which the run ends
	only                string // configuration, "" for all
}

func main() {
	var o options
	flag.StringVar(&o.reference, "node", "node", "the reference, with arguments")
	flag.StringVar(&o.spindle, "spindle", "dist/spindle", "the program, with arguments")
	flag.StringVar(&o.corpus, "corpus", "http/parser/testdata/corpus", "folder of the parser's cases")
	flag.Uint64Var(&o.seed, "seed", 1, "seed of the cases")
	flag.IntVar(&o.requests, "requests", 100000, "cases for the server")
	flag.IntVar(&o.responses, "responses", 20000, "cases for the client")
	flag.IntVar(&o.jobs, "j", 8, "cases at a time")
	flag.IntVar(&o.show, "show", 10, "differences after which the run ends")
	flag.StringVar(&o.only, "only", "", "the one configuration to run")
	flag.Parse()
	found, err := run(&o, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "differential:", err)
		os.Exit(2)
	}
	if found > 0 {
		os.Exit(1)
	}
}

// clientKinds are the kinds of scripts/client.js.
var clientKinds = []string{
	"get", "get", "get", "head", "post", "connect", "connectunheard", "upgrade", "upgradeunheard", "expect", "lenient",
	"lenient", "small", "joined", "unheard", "pooled",
}

// run does both parts and returns the number of differences.
func run(o *options, w io.Writer) (int, error) {
	cases, err := httpcases.Read(o.corpus)
	if err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp("", "differential")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	total := 0
	for _, part := range []struct {
		name     string
		response bool
		n        int
	}{{"request", false, o.requests}, {"response", true, o.responses}} {
		if part.n == 0 {
			continue
		}
		var sides [2]side
		var configs []string
		for i, command := range []string{o.spindle, o.reference} {
			if part.response {
				s, err := startResponses(command, dir)
				if err != nil {
					return total, err
				}
				sides[i], configs = s, clientKinds
			} else {
				p, err := start(command, "server.js", dir)
				if err != nil {
					return total, err
				}
				sides[i], configs = &requests{program: p}, nil
				for name := range p.ports {
					configs = append(configs, name)
				}
				sort.Strings(configs)
			}
			defer sides[i].close()
		}
		if o.only != "" {
			configs = slices.DeleteFunc(configs, func(c string) bool { return c != o.only })
			if len(configs) == 0 {
				continue
			}
		}
		var corpus [][]byte
		for _, c := range cases {
			if c.Has("response") == part.response && len(c.Input) > 0 {
				corpus = append(corpus, c.Input)
			}
		}
		begin := time.Now()
		r := &round{o: o, w: w, sides: sides, kind: part.name, seen: map[string]int{}}
		r.run(part.n, func(worker uint64) *source { return newSource(o.seed, worker, part.response, corpus, configs) })
		fmt.Fprintf(w, "%d %s cases in %v (seed %d): %d differences, %d not seen again; %d accepted\n",
			r.done.Load(), part.name, time.Since(begin).Round(time.Second), o.seed, r.found, r.unsteady, r.accepted.Load())
		total += r.found
	}
	return total, nil
}

// round is one part of a run.
type round struct {
	o        *options
	kind     string
	sides    [2]side
	begun    atomic.Int64
	done     atomic.Int64
	accepted atomic.Int64 // cases that reached a handler

	mu       sync.Mutex // guards what follows
	w        io.Writer
	seen     map[string]int // differences by the names of their events: two of a shape are printed
	found    int
	unsteady int
}

// run gives n cases to both sides.
func (r *round) run(n int, source func(worker uint64) *source) {
	var wg sync.WaitGroup
	for worker := range r.o.jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s := source(uint64(worker))
			for r.begun.Add(1) <= int64(n) && !r.enough() {
				r.one(s.next())
			}
		}()
	}
	wg.Wait()
}

// enough reports whether the run is to end.
func (r *round) enough() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.seen) >= r.o.show || !r.sides[0].alive() || !r.sides[1].alive()
}

// taken are the events of a message that got to the program.
var taken = []string{
	`["request"`, `["checkContinue"`, `["checkExpectation"`, `["upgrade"`, `["connect"`, `["dropRequest"`, `["response"`, `["information"`,
}

// both returns what the two make of a case, and whether it differs.
func (r *round) both(c *testCase) (a, b []string, differ bool) {
	a, b = r.sides[0].run(c), r.sides[1].run(c)
	return a, b, !slices.Equal(a, b)
}

// one runs a case, and tells of a difference that comes again.
func (r *round) one(c *testCase) {
	a, _, differ := r.both(c)
	r.done.Add(1)
	for _, e := range a {
		if name, _, _ := strings.Cut(e, ","); slices.Contains(taken, name) {
			r.accepted.Add(1)
			break
		}
	}
	if !differ {
		return
	}
	differs := func(c *testCase) bool {
		_, _, d := r.both(c)
		return d
	}
	if r.sides[0].alive() && r.sides[1].alive() {
		for range 2 {
			if !differs(c) {
				r.mu.Lock()
				r.unsteady++
				r.mu.Unlock()
				return
			}
		}
		c = minimise(c, differs)
	}
	a, b, _ := r.both(c)
	r.tell(c, a, b)
}

// shape is the names of the events.
func shape(events []string) string {
	var b strings.Builder
	for _, e := range events {
		name, _, _ := strings.Cut(e, ",")
		b.WriteString(name[:min(len(name), 40)])
	}
	return b.String()
}

// tell prints a difference, unless two like it were printed.
func (r *round) tell(c *testCase, a, b []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := shape(a) + "|" + shape(b)
	r.seen[key]++
	if r.found++; r.seen[key] > 2 {
		return
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "--- %s %d, %s", r.kind, r.found, c.config)
	if len(c.cuts) > 0 {
		fmt.Fprintf(&out, " cut at %v", c.cuts)
	}
	fmt.Fprintf(&out, ": %.2000q\n", c.input)
	for i, name := range []string{"ours", "reference"} {
		fmt.Fprintf(&out, "  %s\n", name)
		for j, e := range [2][]string{a, b}[i] {
			mark := " "
			if other := [2][]string{b, a}[i]; j >= len(other) || other[j] != e {
				mark = "*"
			}
			fmt.Fprintf(&out, "  %s %.1500s\n", mark, e)
		}
	}
	_, _ = r.w.Write(out.Bytes())
}
