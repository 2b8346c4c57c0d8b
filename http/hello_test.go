package http_test

import (
	"context"
	"fmt"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/http"
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
	srv := http.NewServer(l, func(req *http.IncomingMessage, res *http.ServerResponse) {
		_ = res.WriteHead(200, "", []http.Field{{Name: "Content-Type", Value: http.TextValue("text/plain")}})
		res.End(buffer.Text("hello from "+req.URL), "", nil)
	})
	o := net.NewListenOptions()
	o.Host, o.Port = "127.0.0.1", 0
	_ = srv.Listen(o, events.NewListener(func(...any) {
		addr, _, _ := srv.Address()
		_, err := http.Get(l, http.RequestOptions{Connect: net.ConnectOptions{Host: "127.0.0.1", Port: addr.Port}, Path: "/x"}, func(res *http.IncomingMessage) {
			fmt.Println(res.StatusCode, res.Header("content-type"))
			res.OnData(func(c buffer.Chunk) { fmt.Println(string(c.Bytes)) })
			res.OnEnd(func() { srv.Close(nil); http.GlobalAgent(l).Destroy() })
		})
		if err != nil {
			fmt.Println(err)
		}
	}, true))
	if err := l.Run(context.Background()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 200 text/plain
	// hello from /x
}
