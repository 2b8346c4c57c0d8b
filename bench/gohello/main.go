// Command gohello is the hello of bench/scripts/hello.js through the Go API, for
// comparison with the script and with the raw responder.
//
// KEEP_ALIVE in the environment is the keep-alive timeout in milliseconds (5000).
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
)

func main() {
	if err := serve(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "gohello:", err)
		os.Exit(1)
	}
}

func serve(ctx context.Context) error {
	l, err := loop.New()
	if err != nil {
		return err
	}
	defer l.Close()

	headers := []http.Field{
		{Name: "Content-Type", Value: http.TextValue("text/plain")},
		{Name: "Content-Length", Value: http.TextValue("13")},
	}
	body := buffer.Text("Hello, world!")
	server := http.NewServer(l, func(_ *http.IncomingMessage, res *http.ServerResponse) {
		if err := res.WriteHead(200, "", headers); err != nil {
			panic(err) // the arguments are constant
		}
		res.End(body, "", nil)
	})
	if ms, err := strconv.ParseInt(os.Getenv("KEEP_ALIVE"), 10, 64); err == nil {
		server.KeepAliveTimeout = ms
	}
	options := net.NewListenOptions()
	options.Host, options.Port = "127.0.0.1", 0
	err = server.Listen(options, events.NewListener(func(...any) {
		if address, _, err := server.Address(); err == nil {
			fmt.Printf("listening on http://127.0.0.1:%d\n", address.Port)
		}
	}, true))
	if err != nil {
		return err
	}
	return l.Run(ctx)
}
