package net_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
)

// Who holds a server open, and the loop: the table of what has a descriptor.
func ExampleLiveSockets() {
	l, err := loop.New()
	if err != nil {
		panic(err)
	}
	defer l.Close()
	s := net.NewServer(l, net.NewServerOptions(), func(c *net.Socket) {
		c.OnData(func(p buffer.Chunk) { fmt.Printf("got %s\n", p.Bytes) })
	})
	s.Once("listening", func(...any) {
		a, _, _ := s.Address()
		c, _ := net.NewSocket(l, net.NewSocketOptions())
		_ = c.Connect(net.ConnectOptions{Host: a.Address, Port: a.Port}, nil)
		c.Write(buffer.Text("hello"), "", nil)
		s.Once("connection", func(...any) {
			s.Close(nil) // waits for its connection
			l.SetImmediate(loop.Func(func() {
				for _, row := range net.LiveSockets(l) {
					_, text, _ := strings.Cut(row.String(), row.Remote.String())
					fmt.Println("open:" + text)
				}
				c.End(buffer.Chunk{}, "", nil)
			}))
		})
	})
	o := net.NewListenOptions()
	o.Host = "127.0.0.1"
	_ = s.Listen(o, nil)
	_ = l.Run(context.Background())
	fmt.Println("left:", len(net.LiveSockets(l)), len(l.WhyAlive()))
	// Output:
	// open: open, 0 bytes not read, 0 not taken
	// open: open, 0 bytes not read, 0 not taken
	// got hello
	// left: 0 0
}
