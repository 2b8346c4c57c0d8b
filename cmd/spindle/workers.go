package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/spindle-js/spindle/cluster"
	"github.com/spindle-js/spindle/jsbind"
	"github.com/spindle-js/spindle/net"
)

// What a program sees of --workers: which of the loops it runs in, from 1, and
// how many there are.
const (
	workerID    = "SPINDLE_WORKER_ID"
	workerTotal = "SPINDLE_WORKERS"
)

// maxWorkers bounds --workers: more loops than this are a slip of the finger.
const maxWorkers = 1024

// workerCount reads the value of --workers.
func workerCount(v string) (int, error) {
	if v == "auto" {
		return runtime.NumCPU(), nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > maxWorkers {
		return 0, errors.New("--workers must be a number of loops, or auto")
	}
	return n, nil
}

// runWorkers runs the script in several loops of this process, which share the
// ports that it listens on, and returns the exit code
// (docs/decisions/0014-workers.md).
//
// A loop that ends with code 0 leaves the others alone. One that fails takes them
// along: they get what SIGTERM gives them, and the process ends with its code.
func runWorkers(o *options, jo jsbind.Options) int {
	if _, is := os.LookupEnv("NODE_UNIQUE_ID"); is {
		fmt.Fprintln(os.Stderr, "--workers cannot be used in a worker of node:cluster")
		return 9
	}
	env := slices.DeleteFunc(os.Environ(), func(kv string) bool { return strings.HasPrefix(kv, "NODE_CHANNEL_") })
	env = append(env, workerTotal+"="+strconv.Itoa(o.workers))
	group := cluster.NewGroup()
	all := make([]*jsbind.Runtime, o.workers)
	for i := range all {
		wo := jo
		wo.TurnLimit = o.limits.turn
		wo.Env = append(slices.Clip(env), workerID+"="+strconv.Itoa(i+1))
		wo.Secondary = i > 0
		rt, err := jsbind.New(wo)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		group.Join(rt.Loop())
		all[i] = rt
	}
	drain := jsbind.NewDrain(o.drain, all...)
	o.limits.watch(all...)
	var running sync.WaitGroup
	var failure sync.Once
	failed := 0
	for _, rt := range all {
		running.Go(func() {
			rt.Preload(o.require)
			begin(rt, o)
			code := turn(rt)
			group.Leave(rt.Loop())
			_ = rt.Close()
			if code != 0 {
				failure.Do(func() {
					failed = code
					drain.Begin(func() {
						net.ResetTerminals()
						os.Exit(code)
					})
				})
			}
			drain.Ended(rt)
		})
	}
	running.Wait()
	return failed
}
