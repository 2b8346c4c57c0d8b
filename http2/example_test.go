package http2_test

import (
	"context"
	"fmt"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http2"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
)

// A server and a client on one loop, without JavaScript.
func Example() {
	l, err := loop.New()
	if err != nil {
		panic(err)
	}
	defer l.Close()
	srv := http2.NewServer(l, http2.NewOptions(), func(req *http2.ServerRequest, res *http2.ServerResponse) {
		_ = res.SetHeader("content-type", http2.Text("text/plain"))
		res.End(buffer.Text("hello from "+req.URL()), "", nil)
	})
	o := net.NewListenOptions()
	o.Host, o.Port = "127.0.0.1", 0
	_ = srv.Listen(o, events.NewListener(func(...any) {
		addr, _, _ := srv.Address()
		client, err := http2.Connect(l, fmt.Sprintf("http://127.0.0.1:%d", addr.Port), http2.NewOptions())
		if err != nil {
			fmt.Println(err)
			return
		}
		req, err := client.Request(http2.NewOutgoing(":path", "/x"), http2.RequestOptions{})
		if err != nil {
			fmt.Println(err)
			return
		}
		req.On("response", func(args ...any) {
			h := args[0].(*http2.Headers)
			fmt.Println(h.Status(), h.Get("content-type"))
		})
		req.OnData(func(c buffer.Chunk) { fmt.Println(string(c.Bytes)) })
		req.OnEnd(func() {
			client.Close(nil)
			srv.Shut(nil)
		})
	}, true))
	if err := l.Run(context.Background()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 200 text/plain
	// hello from /x
}
