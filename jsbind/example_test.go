package jsbind_test

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/spindle-js/spindle/jsbind"
)

// A JavaScript request handler that calls a Go function.
func Example() {
	rt, err := jsbind.New(jsbind.Options{})
	if err != nil {
		panic(err)
	}
	defer rt.Close()
	_ = rt.Set("greet", jsbind.Func(func(args ...any) (any, error) {
		return fmt.Sprintf("hello, %v", args[0]), nil
	}))
	_ = rt.Set("report", jsbind.Func(func(args ...any) (any, error) {
		fmt.Println(args...)
		return nil, nil
	}))
	rt.RunScript("app.js", `
		const http = require('http');
		const server = http.createServer((req, res) => res.end(greet(req.url.slice(1))));
		server.listen(0, '127.0.0.1', () => {
			http.get({ port: server.address().port, host: '127.0.0.1', path: '/gopher', agent: false }, (res) => {
				res.setEncoding('utf8');
				res.on('data', (text) => report(res.statusCode, text));
				res.on('end', () => server.close());
			});
		});
	`)
	code, err := rt.Run(context.Background())
	fmt.Println(code, err)
	// Output:
	// 200 hello, gopher
	// 0 <nil>
}

// A promise that another goroutine resolves.
func ExampleRuntime_NewPromise() {
	rt, err := jsbind.New(jsbind.Options{})
	if err != nil {
		panic(err)
	}
	defer rt.Close()
	_ = rt.Set("compute", jsbind.Func(func(args ...any) (any, error) {
		p := rt.NewPromise()
		n := args[0].(float64)
		go func() { _ = p.Resolve(n * n) }()
		return p.Value(), nil
	}))
	_ = rt.Set("report", jsbind.Func(func(args ...any) (any, error) {
		fmt.Println(args...)
		return nil, nil
	}))
	rt.RunScript("app.js", `(async () => report('the square is', await compute(12)))()`)
	code, err := rt.Run(context.Background())
	fmt.Println(code, err)
	// Output:
	// the square is 144
	// 0 <nil>
}

// A context that ends stops the loop, and a script that never returns.
func ExampleRuntime_Run() {
	rt, err := jsbind.New(jsbind.Options{})
	if err != nil {
		panic(err)
	}
	defer rt.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	rt.RunScript("app.js", `setTimeout(() => { for (;;); }, 1); require('net').createServer().listen(0, '127.0.0.1')`)
	_, err = rt.Run(ctx)
	fmt.Println(err)
	// Output:
	// context deadline exceeded
}

// Two loops in one program, each with a JavaScript world of its own.
func ExampleNew() {
	out := make([]string, 2)
	var all sync.WaitGroup
	for i := range out {
		all.Add(1)
		go func() {
			defer all.Done()
			rt, err := jsbind.New(jsbind.Options{})
			if err != nil {
				panic(err)
			}
			defer rt.Close()
			_ = rt.Set("report", jsbind.Func(func(args ...any) (any, error) {
				out[i] = fmt.Sprint(args...)
				return nil, nil
			}))
			rt.RunScript("app.js", fmt.Sprintf(`globalThis.n = %d; setTimeout(() => report('loop ', n), 1)`, i))
			if _, err := rt.Run(context.Background()); err != nil {
				panic(err)
			}
		}()
	}
	all.Wait()
	fmt.Println(out[0])
	fmt.Println(out[1])
	// Output:
	// loop 0
	// loop 1
}
