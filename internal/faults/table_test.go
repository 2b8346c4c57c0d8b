package faults

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

// figure is what a fault did to a program.
type figure struct {
	outcome     string
	added, peak int64 // bytes at the peak: anonymous memory that the fault added, resident memory in all
}

// memory is the cell of the table: in all, and what was added.
func (f figure) memory() string { return fmt.Sprintf("%s, %s added", mb(f.peak), mb(f.added)) }

var figures = struct {
	sync.Mutex // guards m
	m          map[string]map[string]figure
}{m: map[string]map[string]figure{}}

// tell notes a figure for the table. A row has one figure for each program.
func tell(t *testing.T, row, program string, f figure) {
	t.Helper()
	if !slices.ContainsFunc(rows, func(r [3]string) bool { return r[0] == row }) {
		t.Fatalf("the table has no row %q", row)
	}
	t.Logf("%s: %s, %s added, %s in all", row, f.outcome, mb(f.added), mb(f.peak))
	figures.Lock()
	defer figures.Unlock()
	if figures.m[row] == nil {
		figures.m[row] = map[string]figure{}
	}
	figures.m[row][program] = f
	if len(programs) < 2 || program != programs[1] {
		return
	}
	// The reference comes second.
	if ours := figures.m[row][programs[0]]; ours.peak > f.peak {
		t.Errorf("%s: %s in all, the reference %s", row, mb(ours.peak), mb(f.peak))
	}
}

// rows are the table: name, what the peer does, what is expected.
var rows = [][3]string{
	{"header drip", "200 clients send a header a byte at a time", "each gets 408 after `headersTimeout`, a good client is served meanwhile"},
	{"body drip", "50 clients send a body so", "each gets 408 after `requestTimeout`"},
	{"silent client", "a client says nothing", "408"},
	{"half-close", "a client ends its side after, or in, its request", "a whole request is answered, half a one refused"},
	{"resets", "connections are reset in eleven states of a request", "nothing is left"},
	{"header flood", "100 clients send 15 kB of headers that do not end", "at most 16 KiB are kept of each"},
	{"extension flood", "100 clients send a chunk extension without end", "413 after 16 KiB"},
	{"trailer flood", "100 clients send trailers without end", "431 after 16 KiB"},
	{"pipeline flood", "1,000 requests in one write", "answered in order"},
	{"never-read pipeline", "3 × 200,000 pipelined requests, no answer is read", "requests are not read on"},
	{"never-read downloads", "20 downloads of 1 GiB that nobody reads", "the handler waits for 'drain'"},
	{"never-read tunnels", "20 tunnels (CONNECT) to a source of 1 GiB that nobody reads", "the source waits"},
	{"paused upload", "128 MiB for a handler that does not read yet", "the client waits"},
	{"paused answer", "128 MiB for a client that does not read yet", "the server waits"},
	{"informational flood", "200,000 informational answers before the real one", "each is told, none is kept"},
	{"idle pooled socket", "bytes on a connection that waits in an agent's pool", "no answer to the next request"},
	{"descriptor exhaustion", "150 connections, `ulimit -n 64`", "those accepted are served; all is well when they go"},
	{"idle connections", "connections that wait for their next request", "small"},
	{"soak", "requests with a body of 4 kB, one connection each", "memory stops growing"},
}

// The table stands between these lines of the file.
const (
	tableBegin = "<!-- table: make faults -->\n"
	tableEnd   = "<!-- end of table -->\n"
)

// writeTable replaces the table in a file.
func writeTable(file string) error {
	if len(programs) < 2 {
		return fmt.Errorf("the table needs FAULTS_REFERENCE")
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, ok := bytes.Cut(text, []byte(tableBegin))
	_, after, ok2 := bytes.Cut(rest, []byte(tableEnd))
	if !ok || !ok2 {
		return fmt.Errorf("%s has no place for the table", file)
	}
	var b bytes.Buffer
	b.Write(before)
	b.WriteString(tableBegin)
	b.WriteString("\n| peer | expected | Spindle | Node | memory | Node |\n|---|---|---|---|---|---|\n")
	for _, r := range rows {
		ours, theirs := figures.m[r[0]][programs[0]], figures.m[r[0]][programs[1]]
		if ours.outcome == "" || theirs.outcome == "" {
			return fmt.Errorf("row %q has no figures", r[0])
		}
		cells := []string{r[1], r[2], ours.outcome, theirs.outcome, ours.memory(), theirs.memory()}
		fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | "))
	}
	b.WriteString("\n" + tableEnd)
	b.Write(after)
	return os.WriteFile(file, b.Bytes(), 0o644)
}
