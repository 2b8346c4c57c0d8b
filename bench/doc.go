// Command bench measures http programs side by side: a set of scripts under
// every Node, Bun and Spindle that it is given, the same work through the Go
// API, and a raw epoll responder as the floor.
//
//	go run ./bench -node node -bun bun -spindle ./spindle
//
// Rounds are interleaved: each round runs every scenario under every program
// once, in a fresh process, so that what disturbs the machine disturbs all
// alike. wrk makes the load. Printed are the medians over the rounds: requests
// per second, CPU time of the server (all its threads and children) per
// request, latency, peak memory, and the ratios to the first Node.
//
// It reads /proc, so it measures on Linux only. Every process it starts is
// ended by its number.
package main
