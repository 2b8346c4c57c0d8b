package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// config is what the command line chooses.
type config struct {
	Root        string // folder of this program's sources
	Tools       string // folder for programs built for this run
	Rounds      int
	Duration    time.Duration // of one measurement
	Warm        time.Duration // of the load before it
	Connections int
	Idle        int // idle connections
	Starts      int // starts in one round of startup
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := bench(ctx, os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// list is a flag that may be given several times, or once with commas.
type list []string

func (l *list) String() string { return strings.Join(*l, ",") }
func (l *list) Set(value string) error {
	*l = append(*l, strings.Split(value, ",")...)
	return nil
}

func bench(ctx context.Context, args []string) error {
	var node, bun, spindle list
	var run, jsonFile string
	var noFloor, noGo bool
	c := config{}
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.Var(&node, "node", "a node (may be repeated)")
	f.Var(&bun, "bun", "a bun (may be repeated)")
	f.Var(&spindle, "spindle", "a spindle (may be repeated)")
	f.StringVar(&run, "run", "", "only these scenarios, separated by commas: "+strings.Join(scenarioNames(), " "))
	f.IntVar(&c.Rounds, "rounds", 5, "interleaved rounds")
	f.DurationVar(&c.Duration, "duration", 3*time.Second, "one measurement")
	f.DurationVar(&c.Warm, "warm", time.Second, "load before each measurement")
	f.IntVar(&c.Connections, "connections", 64, "wrk's connections")
	f.IntVar(&c.Idle, "idle", 10000, "idle keep-alive connections")
	f.IntVar(&c.Starts, "starts", 10, "starts in each round of startup")
	f.BoolVar(&noFloor, "no-floor", false, "leave the epoll responder out")
	f.BoolVar(&noGo, "no-go", false, "leave the Go API out")
	f.StringVar(&jsonFile, "json", "", "write all measurements to this file")
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() > 0 {
		return fmt.Errorf("unknown arguments %q", f.Args())
	}
	scenarios, err := chooseScenarios(run)
	if err != nil {
		return err
	}
	if err := raiseFileLimit(c.Idle); err != nil {
		return err
	}
	if _, err := exec.LookPath("wrk"); err != nil {
		return fmt.Errorf("wrk makes the load: %w", err)
	}
	if c.Root, err = sourceFolder(); err != nil {
		return err
	}
	if c.Tools, err = os.MkdirTemp("", "spindle-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(c.Tools)

	programs, err := findPrograms(ctx, c, node, bun, spindle, !noFloor, !noGo)
	if err != nil {
		return err
	}
	results, err := runRounds(ctx, c, scenarios, programs)
	if err != nil {
		return err
	}
	printReport(os.Stdout, c, scenarios, programs, results)
	if jsonFile != "" {
		return writeJSON(jsonFile, c, programs, results)
	}
	return nil
}

// sourceFolder is the bench folder below the working directory or above it.
func sourceFolder() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		bench := filepath.Join(dir, "bench")
		if _, err := os.Stat(filepath.Join(bench, "scripts", "hello.js")); err == nil {
			return bench, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("run it inside the repository: bench/scripts/hello.js is not found")
		}
		dir = parent
	}
}

// runRounds measures every scenario under every program, round by round.
func runRounds(ctx context.Context, c config, scenarios []scenario, programs []program) ([]measurement, error) {
	var results []measurement
	began := time.Now()
	for round := range c.Rounds {
		for _, s := range scenarios {
			for _, p := range programs {
				if !s.fits(p) {
					continue
				}
				fmt.Fprintf(os.Stderr, "%5.0fs round %d/%d %s %s\n", time.Since(began).Seconds(), round+1, c.Rounds, s.Name, p.Name)
				m, err := s.Measure(ctx, c, s, p)
				if ctx.Err() != nil {
					return nil, ctx.Err()
				}
				m.Scenario, m.Program, m.Round = s.Name, p.Name, round+1
				if err != nil {
					m.Failed = err.Error()
					fmt.Fprintf(os.Stderr, "       %s under %s: %v\n", s.Name, p.Name, err)
				}
				results = append(results, m)
			}
		}
	}
	return results, nil
}
