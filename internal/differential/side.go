package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// testCase is one input for both programs.
type testCase struct {
	config string // of scripts/server.js, or kind of scripts/client.js
	cuts   []int  // where the pieces of a "stream" end, ascending
	input  []byte
}

// side tells what a program makes of a case: one event a line, and for a server
// the bytes of its answers.
type side interface {
	run(c *testCase) []string
	alive() bool
	close()
}

// requests gives cases to a server.
type requests struct {
	*program
	next atomic.Uint32 // source addresses take turns, so that ports suffice
}

func (s *requests) close() { s.stop() }

var dates = regexp.MustCompile(`(?m)^Date: [^\r]*`)

func (s *requests) run(c *testCase) []string {
	source := &net.TCPAddr{IP: net.IPv4(127, 0, 1, byte(1+s.next.Add(1)%200))}
	to := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: s.ports[c.config]}
	conn, err := net.DialTCP("tcp", source, to)
	if err != nil {
		return []string{"dial: " + err.Error()}
	}
	defer conn.Close()
	key := conn.LocalAddr().String()
	_ = conn.SetDeadline(time.Now().Add(patience))
	var b []byte
	if strings.HasPrefix(c.config, "stream") {
		for i, cut := range c.cuts {
			if i > 0 {
				b = append(b, ' ')
			}
			b = strconv.AppendInt(b, int64(cut), 10)
		}
		b = append(b, '\n')
	}
	_, _ = conn.Write(append(b, c.input...)) // one that refuses answers before it has read all
	_ = conn.CloseWrite()
	answer, err := io.ReadAll(conn)
	out := events(s.line(key))
	out = append(out, "answer "+strconv.Quote(string(dates.ReplaceAll(answer, []byte("Date: now")))))
	if err != nil {
		out = append(out, "read: "+err.(*net.OpError).Err.Error())
	}
	return out
}

// responses gives cases to a client, by being its server.
type responses struct {
	*program
	listener *net.TCPListener
	last     atomic.Uint64

	mu    sync.Mutex // guards cases, and writing to the program
	cases map[string]*testCase
}

// startResponses listens and starts the client of a program.
func startResponses(command, dir string) (*responses, error) {
	l, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return nil, err
	}
	s := &responses{listener: l, cases: map[string]*testCase{}}
	if s.program, err = start(command, "client.js", dir, strconv.Itoa(l.Addr().(*net.TCPAddr).Port)); err != nil {
		l.Close()
		return nil, err
	}
	go s.accept()
	return s, nil
}

func (s *responses) close() {
	s.listener.Close()
	s.stop()
}

func (s *responses) accept() {
	for {
		conn, err := s.listener.AcceptTCP()
		if err != nil {
			return
		}
		go s.answer(conn)
	}
}

// quiet is how long a connection that a client may use again stays open.
const quiet = 100 * time.Millisecond

// again is the answer to a second request on a kept connection.
const again = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nagain"

// answer reads the heads of requests and sends the case that each names: "/ID",
// or "/ID/again" for what follows it.
func (s *responses) answer(conn *net.TCPConn) {
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(patience))
	r := bufio.NewReader(conn)
	for {
		var head []byte
		for !bytes.HasSuffix(head, []byte("\r\n\r\n")) {
			b, err := r.ReadByte()
			if err != nil {
				_ = conn.CloseWrite()
				_ = conn.SetDeadline(time.Now().Add(patience))
				_, _ = io.Copy(io.Discard, r)
				return
			}
			head = append(head, b)
		}
		words := strings.Fields(string(head))
		id, second := strings.CutSuffix(strings.TrimPrefix(words[1], "/"), "/again")
		s.mu.Lock()
		c := s.cases[id]
		s.mu.Unlock()
		switch {
		case c == nil:
			return
		case second:
			_, _ = conn.Write([]byte(again))
		default:
			_, _ = conn.Write(c.input)
		}
		if c.config != "pooled" {
			_ = conn.CloseWrite()
			_, _ = io.Copy(io.Discard, r)
			return
		}
		_ = conn.SetReadDeadline(time.Now().Add(quiet))
	}
}

func (s *responses) run(c *testCase) []string {
	id := strconv.FormatUint(s.last.Add(1), 10)
	s.mu.Lock()
	s.cases[id] = c
	_, err := fmt.Fprintf(s.stdin, "%s %s\n", id, c.config)
	s.mu.Unlock()
	if err != nil {
		return []string{"stdin: " + err.Error()}
	}
	out := events(s.line(id))
	s.mu.Lock()
	delete(s.cases, id)
	s.mu.Unlock()
	return out
}

// events cuts a log into one line an event: [["a",1],["b"]].
func events(log string) []string {
	var list []json.RawMessage
	if err := json.Unmarshal([]byte(log), &list); err != nil {
		return []string{log}
	}
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = string(e)
	}
	return out
}
