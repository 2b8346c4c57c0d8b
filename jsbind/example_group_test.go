package jsbind_test

import (
	"context"
	"fmt"
	"io"
	stdhttp "net/http"
	"os"
	"sync"

	"github.com/spindle-js/spindle/cluster"
	"github.com/spindle-js/spindle/jsbind"
)

// Two loops serve one port, each with a JavaScript world of its own: connections
// go to the one that has fewer. This is what `spindle --workers 2` does.
func ExampleNew_group() {
	group := cluster.NewGroup()
	ports := make(chan string, 2)
	ctx, cancel := context.WithCancel(context.Background())
	var loops sync.WaitGroup
	for id := range 2 {
		rt, err := jsbind.New(jsbind.Options{Env: append(os.Environ(), fmt.Sprint("ID=", id)), Secondary: id > 0})
		if err != nil {
			panic(err)
		}
		group.Join(rt.Loop())
		_ = rt.Set("listening", jsbind.Func(func(args ...any) (any, error) {
			ports <- fmt.Sprint(args[0])
			return nil, nil
		}))
		loops.Go(func() {
			rt.RunScript("app.js", `
				const http = require('http');
				const server = http.createServer((req, res) => res.end('loop ' + process.env.ID));
				server.listen(0, '127.0.0.1', () => listening(server.address().port));
			`)
			_, _ = rt.Run(ctx)
			group.Leave(rt.Loop())
			_ = rt.Close()
		})
	}
	url := "http://127.0.0.1:" + <-ports
	<-ports // the other loop listens there, too

	answers := map[string]int{}
	for range 4 {
		client := &stdhttp.Client{Transport: &stdhttp.Transport{}} // a connection of its own, kept
		defer client.CloseIdleConnections()
		res, err := client.Get(url)
		if err != nil {
			panic(err)
		}
		text, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		answers[string(text)]++
	}
	fmt.Println(answers)
	cancel()
	loops.Wait()
	// Output:
	// map[loop 0:2 loop 1:2]
}
