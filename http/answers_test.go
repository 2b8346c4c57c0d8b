package http_test

import (
	"context"
	"encoding/json"
	"io"
	stdnet "net"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/stream"
)

// handlers answer as those of testdata/answers.js do.
var handlers = map[string]func(req *http.IncomingMessage, res *http.ServerResponse){
	"hello": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		writeHead(res, 200, "", field("Content-Type", "text/plain"), field("Content-Length", "13"))
		end(res, "Hello, world!")
	},
	"implicit": func(_ *http.IncomingMessage, res *http.ServerResponse) { end(res, "x") },
	"empty":    func(_ *http.IncomingMessage, res *http.ServerResponse) { finish(res) },
	"chunked": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		write(res, "ab")
		write(res, "cde")
		end(res, "f")
	},
	"trailers": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		set(res, "Trailer", "X-Sum")
		write(res, "ab")
		must(res.AddTrailers([]http.Field{field("X-Sum", "2")}))
		finish(res)
	},
	"lists": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		must(res.SetHeader("X-A", http.ListValue("1", "2")))
		must(res.SetHeader("Set-Cookie", http.ListValue("a=1", "b=2")))
		must(res.AppendHeader("x-a", http.TextValue("3")))
		finish(res)
	},
	"merge": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		set(res, "X-A", "1")
		set(res, "X-C", "stays")
		writeHead(res, 201, "Made", field("x-a", "2"), field("X-B", "3"))
		end(res, "y")
	},
	"nocontent": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		writeHead(res, 204, "")
		finish(res)
	},
	"notmodified": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		writeHead(res, 304, "", field("ETag", `"1"`))
		finish(res)
	},
	"bare": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		res.SendDate = false
		for _, name := range []string{"connection", "content-length", "transfer-encoding"} {
			must(res.RemoveHeader(name))
		}
		end(res, "to the end")
	},
	"close": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		set(res, "Connection", "close")
		end(res, "x")
	},
	"latin": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		set(res, "X-L", "caf\u00e9")
		end(res, "caf\u00e9")
	},
	"disposition": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		set(res, "Content-Disposition", "caf\u00c3\u00a9")
		set(res, "X-L", "caf\u00c3\u00a9")
		end(res, "x")
	},
	"dispositionChunked": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		writeHead(res, 200, "", field("Content-Disposition", "caf\u00c3\u00a9"))
		end(res, "x")
	},
	"dispositionLength": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		writeHead(res, 200, "", field("Content-Length", "1"), field("content-disposition", "caf\u00c3\u00a9"))
		end(res, "x")
	},
	"hints": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		res.WriteEarlyHints("Link: </a.css>; rel=preload\r\n", nil)
		end(res, "x")
	},
	"processing": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		res.WriteProcessing(nil)
		end(res, "x")
	},
	"flush": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		must(res.FlushHeaders())
		end(res, "x")
	},
	"corked": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		res.Cork()
		write(res, "ab")
		write(res, "cd")
		res.Uncork()
		finish(res)
	},
	"echo": func(req *http.IncomingMessage, res *http.ServerResponse) { req.Pipe(res, stream.PipeOptions{}) },
	"raw": func(req *http.IncomingMessage, res *http.ServerResponse) {
		text, err := json.Marshal(req.RawHeaders)
		must(err)
		end(res, string(text))
	},
	"length": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		set(res, "Content-Length", "3")
		write(res, "a")
		end(res, "bc")
	},
	"status": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		res.StatusCode, res.StatusMessage = 404, "Gone Fishing"
		finish(res)
	},
	"unknown": func(_ *http.IncomingMessage, res *http.ServerResponse) {
		res.StatusCode = 599
		finish(res)
	},
}

var noChunk buffer.Chunk

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func field(name, value string) http.Field {
	return http.Field{Name: name, Value: http.TextValue(value)}
}

func set(res *http.ServerResponse, name, value string) {
	must(res.SetHeader(name, http.TextValue(value)))
}

func writeHead(res *http.ServerResponse, status int, message string, fields ...http.Field) {
	must(res.WriteHead(status, message, fields))
}

func write(res *http.ServerResponse, s string) { res.Write(buffer.Text(s), "", nil) }
func end(res *http.ServerResponse, s string)   { res.End(buffer.Text(s), "", nil) }
func finish(res *http.ServerResponse)          { res.End(noChunk, "", nil) }

// serve runs a server with handler while client runs in another goroutine with
// the server's port; the server closes when client has returned.
func serve(t *testing.T, handler func(*http.IncomingMessage, *http.ServerResponse), client func(port int)) {
	t.Helper()
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	server := http.NewServer(l, handler)
	o := net.NewListenOptions()
	o.Host, o.Port = "127.0.0.1", 0
	err = server.Listen(o, events.NewListener(func(...any) {
		a, _, err := server.Address()
		must(err)
		go func() {
			client(a.Port)
			l.Post(func() {
				server.Close(nil)
				server.CloseAllConnections()
			})
		}()
	}, true))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := l.Run(ctx); err != nil {
		t.Fatal(err)
	}
}

var dateValue = regexp.MustCompile(`Date: [^\r]*`)

// ask sends a request, cut in parts of size bytes, and returns all that comes
// back until the server closes.
func ask(port int, request []byte, size int) (string, error) {
	c, err := stdnet.Dial("tcp", "127.0.0.1:"+strconv.Itoa(port))
	if err != nil {
		return "", err
	}
	defer func() { _ = c.Close() }()
	if err := c.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		return "", err
	}
	go func() {
		for len(request) > 0 {
			n := min(size, len(request))
			if _, err := c.Write(request[:n]); err != nil {
				return // the server has closed: the answer says why
			}
			request = request[n:]
		}
	}()
	answer, err := io.ReadAll(c)
	if len(answer) == 0 {
		return "", nil // reset or closed without a word
	}
	return dateValue.ReplaceAllString(latin1(answer), "Date: <date>"), err
}

func latin1(p []byte) string { return buffer.Decode(p, buffer.Latin1) }

// TestAnswers compares the bytes of each answer with Node's, for requests that
// arrive whole, and in parts.
func TestAnswers(t *testing.T) {
	file, err := os.ReadFile("testdata/answers.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ Request, Answer string }
	if err := json.Unmarshal(file, &cases); err != nil {
		t.Fatal(err)
	}
	handler := func(req *http.IncomingMessage, res *http.ServerResponse) { handlers[req.URL[1:]](req, res) }
	serve(t, handler, func(port int) {
		for _, c := range cases {
			request := buffer.Encode(c.Request, buffer.Latin1)
			for _, size := range []int{len(request), 1000, 7} {
				if refused(c.Answer) && size < len(request) {
					continue // what is still sent after the answer resets the connection
				}
				got, err := ask(port, request, size)
				if err != nil {
					t.Errorf("%.60q: %v", c.Request, err)
				}
				if got != c.Answer && !(size == 7 && sentInParts(c.Request)) {
					t.Errorf("%.60q in parts of %d:\n got %q\nwant %q", c.Request, size, got, c.Answer)
				}
			}
		}
	})
}

// refused reports whether an answer is one that the server gives without a
// request, after which it reads no more.
func refused(answer string) bool {
	return strings.HasPrefix(answer, "HTTP/1.1 4") && strings.HasSuffix(answer, "\r\nConnection: close\r\n\r\n")
}

// sentInParts reports whether the answer depends on how the request's body
// arrived: what is echoed has the chunks that came.
func sentInParts(request string) bool {
	return regexp.MustCompile(`^POST /echo .*\r\n(?s:.*)\r\n\r\n.`).MatchString(request)
}
