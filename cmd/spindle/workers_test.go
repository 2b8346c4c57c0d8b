package main

import (
	"io"
	stdhttp "net/http"
	"strings"
	"syscall"
	"testing"
)

const workersApp = `
const http = require('http');
const id = process.env.SPINDLE_WORKER_ID;
const server = http.createServer((req, res) => {
  if (req.url === '/throw') throw new Error('thrown by a request');
  if (req.url === '/leave') { res.end(id); res.on('close', () => process.exit(0)); return; }

  if (req.url === '/slow') { console.log('slow'); setTimeout(() => res.end(id), 300); return; }
  res.end(id);
}).listen(0, '127.0.0.1', () => console.log('port', server.address().port));
`

// workers starts the app in two loops and returns its address.
func workers(t *testing.T, app string) (*program, string) {
	t.Helper()
	p := start(t, map[string]string{"app.js": app}, "--workers", "2", "app.js")
	one, two := p.line(), p.line()
	port, ok := strings.CutPrefix(one, "port ")
	if !ok || one != two {
		t.Fatalf("the loops printed %q and %q", one, two)
	}
	return p, "http://127.0.0.1:" + port
}

// fetch makes a request on a connection of its own, which stays open until the
// function that is returned is called.
func fetch(t *testing.T, url string) (body string, done func()) {
	t.Helper()
	c := &stdhttp.Client{Transport: &stdhttp.Transport{}, Timeout: patience}
	res, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	return string(b), c.CloseIdleConnections
}

// Connections that are open at the same time go to the loops by turns, on one
// port.
func TestWorkersShareAPort(t *testing.T) {
	_, url := workers(t, workersApp)
	count := map[string]int{}
	for range 8 {
		id, done := fetch(t, url)
		defer done()
		count[id]++
	}
	if count["1"] != 4 || count["2"] != 4 {
		t.Errorf("connections by loop: %v", count)
	}
}

// SIGTERM answers what is in flight in every loop, and then ends the process.
func TestWorkersDrain(t *testing.T) {
	p, url := workers(t, workersApp)
	answers := make(chan string)
	for range 2 {
		go func() {
			id, done := fetch(t, url+"/slow")
			done()
			answers <- id
		}()
		p.until("slow")
	}
	p.signal(syscall.SIGTERM)
	if a, b := <-answers, <-answers; a == b {
		t.Errorf("both were answered by loop %s", a)
	}
	if _, _, sig := p.end(); sig != syscall.SIGTERM {
		t.Errorf("ended by %v: %s", sig, p.stderr.String())
	}
}

// An uncaught error in one loop lets the others finish what is in flight, and
// ends the process with code 1.
func TestWorkersFailTogether(t *testing.T) {
	p, url := workers(t, workersApp)
	answer := make(chan string)
	go func() {
		id, done := fetch(t, url+"/slow")
		done()
		answer <- id
	}()
	p.until("slow")
	// The connection of the answer in flight is the first loop's: the next one is
	// the other's.
	c := &stdhttp.Client{Transport: &stdhttp.Transport{}, Timeout: patience}
	if res, err := c.Get(url + "/throw"); err == nil {
		_ = res.Body.Close()
		t.Error("the request that throws was answered")
	}
	if id := <-answer; id != "1" && id != "2" {
		t.Errorf("the answer in flight: %q", id)
	}
	if _, code, sig := p.end(); code != 1 || sig != 0 {
		t.Errorf("code %d, %v", code, sig)
	}
	if e := p.stderr.String(); strings.Count(e, "Error: thrown by a request") != 1 {
		t.Errorf("standard error: %s", e)
	}
}

// A loop that ends with code 0 leaves its port to the others; the process ends
// with the last.
func TestWorkersEndOneByOne(t *testing.T) {
	p, url := workers(t, workersApp)
	first, done := fetch(t, url+"/leave")
	done()
	for range 4 {
		if id, done := fetch(t, url); id == first {
			t.Error("a loop that has ended answers")
		} else {
			done()
		}
	}
	_, done = fetch(t, url+"/leave")
	done()
	if _, code, sig := p.end(); code != 0 || sig != 0 {
		t.Errorf("code %d, %v: %s", code, sig, p.stderr.String())
	}
}

// A program that listens for SIGTERM decides alone, in each loop.
func TestWorkersTakeTerm(t *testing.T) {
	p, _ := workers(t, workersApp+`process.on('SIGTERM', () => { console.log('closing'); server.close(); });`)
	p.signal(syscall.SIGTERM)
	rest, code, sig := p.end()
	if rest != "closing\nclosing\n" || code != 0 || sig != 0 {
		t.Errorf("%q, code %d, %v", rest, code, sig)
	}
}

// Standard input is the first loop's, process.env each one's own.
func TestWorkersOwnThings(t *testing.T) {
	p := start(t, map[string]string{"app.js": `
process.env.MINE = process.env.SPINDLE_WORKER_ID;
process.stdin.resume().on('end', () => setTimeout(() => {
  console.log(process.env.MINE, process.env.SPINDLE_WORKERS, process.execArgv.length);
}, 50));`}, "--workers=2", "app.js")
	rest, code, _ := p.end()
	if code != 0 || rest != "1 2 0\n2 2 0\n" && rest != "2 2 0\n1 2 0\n" {
		t.Errorf("%q, code %d: %s", rest, code, p.stderr.String())
	}
}

func TestWorkersOptions(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--workers", "0", "x.js"}, "--workers must be a number of loops, or auto"},
		{[]string{"--workers", "two", "x.js"}, "--workers must be a number of loops, or auto"},
		{[]string{"--workers"}, "--workers requires an argument"},
		{[]string{"--workers=2", "--test"}, "--workers needs a script to run"},
		{[]string{"--workers=2", "--check", "x.js"}, "--workers needs a script to run"},
	} {
		p := start(t, nil, c.args...)
		if _, code, _ := p.end(); code != 9 || !strings.Contains(p.stderr.String(), c.want) {
			t.Errorf("%v: code %d: %s", c.args, code, p.stderr.String())
		}
	}
}
