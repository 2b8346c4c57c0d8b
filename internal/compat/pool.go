package compat

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"
)

// job is one test to run. Alone jobs run after all others, one at a time (Node's
// sequential tests share a port).
type job struct {
	Name   string
	Module string
	Alone  bool
	Run    func(ctx context.Context, worker int) result
}

// progressEvery is the pause between two lines of progress.
const progressEvery = 3 * time.Second

// runJobs runs jobs on the given number of workers and returns their results in
// the order of jobs. It writes a line of progress every few seconds.
func runJobs(ctx context.Context, jobs []job, workers int, progress io.Writer) []result {
	results := make([]result, len(jobs))
	board := newBoard(len(jobs), progress)
	defer board.close()

	runOne := func(i, worker int) {
		j := jobs[i]
		board.begin(j.Name)
		began := time.Now()
		r := j.Run(ctx, worker)
		r.Name, r.Module, r.Took = j.Name, j.Module, time.Since(began)
		r.Millis = r.Took.Milliseconds()
		results[i] = r
		board.end(r)
	}

	queue := make(chan int)
	var group sync.WaitGroup
	for worker := range workers {
		group.Go(func() {
			for i := range queue {
				runOne(i, worker)
			}
		})
	}
	for i, j := range jobs {
		if !j.Alone {
			queue <- i
		}
	}
	close(queue)
	group.Wait()
	for i, j := range jobs {
		if j.Alone {
			runOne(i, 0)
		}
	}
	return results
}

// board prints progress.
type board struct {
	out  io.Writer
	all  int
	stop chan struct{}
	done sync.WaitGroup

	mu      sync.Mutex // guards what follows
	ended   int
	count   map[status]int
	running []string
}

func newBoard(all int, out io.Writer) *board {
	b := &board{out: out, all: all, stop: make(chan struct{}), count: map[status]int{}}
	b.done.Go(func() {
		tick := time.NewTicker(progressEvery)
		defer tick.Stop()
		for {
			select {
			case <-b.stop:
				return
			case <-tick.C:
				b.print()
			}
		}
	})
	return b
}

func (b *board) begin(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.running = append(b.running, name)
}

func (b *board) end(r result) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ended++
	b.count[r.Status]++
	for i, name := range b.running {
		if name == r.Name {
			b.running = append(b.running[:i], b.running[i+1:]...)
			break
		}
	}
}

func (b *board) print() {
	b.mu.Lock()
	defer b.mu.Unlock()
	line := fmt.Sprintf("[%d/%d]", b.ended, b.all)
	for _, s := range statuses {
		if b.count[s] > 0 {
			line += fmt.Sprintf(" %d %s", b.count[s], s)
		}
	}
	if len(b.running) > 0 {
		line += "; running " + b.running[0]
	}
	fmt.Fprintln(b.out, line)
}

func (b *board) close() {
	close(b.stop)
	b.done.Wait()
}
