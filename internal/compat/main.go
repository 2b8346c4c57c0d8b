package compat

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

const usage = `usage: spindle compat [options] [path…]

Runs each script at and below the paths (default: scripts) and compares what it
prints and its exit code with the expectation recorded beside it.

  spindle compat scripts/                      against the recorded expectations
  spindle compat --against node scripts/       against a reference, live
  spindle compat --record --against node x.js  writes the expectation of x.js
  spindle compat --suite DIR --group http,net  Node's own tests below DIR

Options:
`

// options are the command line's.
type options struct {
	program, against    string
	record              bool
	repeat, jobs, lines int
	timeout             time.Duration
	suite, group, list  string
	expected, json      string
	updateExpected      bool
	run                 string
	paths               []string
}

// exit codes of Main
const (
	exitPassed = 0
	exitFailed = 1 // a test did not pass, and was expected to
	exitUsage  = 2 // the tests could not be run
)

// Main runs `spindle compat` with the arguments after that word. self is the
// program under test unless --program names another. It returns the exit code:
// 0 when all passed or were expected to fail, 1 when not, 2 for a wrong use.
func Main(args []string, self string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return mainWith(ctx, args, self, os.Stdout, os.Stderr)
}

func mainWith(ctx context.Context, args []string, self string, stdout, stderr io.Writer) int {
	opts, err := parseOptions(args, self, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return exitPassed
	}
	if err == nil {
		var failed bool
		if failed, err = opts.perform(ctx, stdout, stderr); err == nil {
			if failed {
				return exitFailed
			}
			return exitPassed
		}
	}
	fmt.Fprintf(stderr, "spindle compat: %v\n", err)
	return exitUsage
}

func parseOptions(args []string, self string, stderr io.Writer) (*options, error) {
	o := &options{}
	f := flag.NewFlagSet("spindle compat", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.Usage = func() { fmt.Fprint(stderr, usage); f.PrintDefaults() }
	f.StringVar(&o.program, "program", self, "program under test")
	f.StringVar(&o.against, "against", "", "reference program, run live beside the one under test")
	f.BoolVar(&o.record, "record", false, "write expectations from what --against prints")
	f.IntVar(&o.repeat, "repeat", 1, "runs of each script, which must all agree (with --record at least 3)")
	f.IntVar(&o.jobs, "j", min(4, max(2, runtime.NumCPU())), "tests at a time")
	f.IntVar(&o.lines, "lines", 12, "lines of detail for each failure")
	f.DurationVar(&o.timeout, "timeout", 0, "for each test (default 15s for scripts, 30s for a suite)")
	f.StringVar(&o.suite, "suite", "", "folder with Node's own tests (common, parallel, sequential)")
	f.StringVar(&o.group, "group", "", "modules of the suite, separated by commas")
	f.StringVar(&o.list, "list", "", "JSON file: module to test files of the suite")
	f.StringVar(&o.run, "run", "", "only tests whose name contains this")
	f.StringVar(&o.expected, "expected", "", "file with the tests that are expected to fail")
	f.BoolVar(&o.updateExpected, "update-expected", false, "rewrite that file from this run")
	f.StringVar(&o.json, "json", "", "write all results to this file")
	// Options may stand after paths.
	for len(args) > 0 {
		if err := f.Parse(args); err != nil {
			return nil, err
		}
		args = f.Args()
		if len(args) > 0 {
			o.paths = append(o.paths, args[0])
			args = args[1:]
		}
	}
	return o, o.check()
}

func (o *options) check() error {
	switch {
	case o.record && o.against == "":
		return errors.New("--record needs --against PROGRAM")
	case o.record && o.suite != "":
		return errors.New("--record is for scripts: a suite has no expectations")
	case o.suite != "" && o.against != "":
		return errors.New("--against is for scripts: run the suite with --program instead")
	case o.suite != "" && len(o.paths) > 0:
		return errors.New("--suite takes no paths: use --group, --list or --run")
	case o.suite == "" && (o.group != "" || o.list != ""):
		return errors.New("--group and --list need --suite DIR")
	case o.updateExpected && o.expected == "":
		return errors.New("--update-expected needs --expected FILE")
	case o.jobs < 1 || o.repeat < 1:
		return errors.New("-j and --repeat must be at least 1")
	}
	if o.record {
		o.repeat = max(o.repeat, 3)
	}
	if o.timeout == 0 {
		o.timeout = 15 * time.Second
		if o.suite != "" {
			o.timeout = 30 * time.Second
		}
	}
	if len(o.paths) == 0 {
		o.paths = []string{"scripts"}
	}
	return nil
}

// perform runs the tests and reports them.
func (o *options) perform(ctx context.Context, stdout, stderr io.Writer) (failed bool, err error) {
	var subject, reference program
	if !o.record {
		if subject, err = findProgram(ctx, o.program); err != nil {
			return false, fmt.Errorf("the program under test: %w", err)
		}
	}
	if o.against != "" {
		if reference, err = findProgram(ctx, o.against); err != nil {
			return false, fmt.Errorf("the reference: %w", err)
		}
	}
	expected := expectedFailures{}
	if o.expected != "" {
		expected, err = readExpected(o.expected)
		if os.IsNotExist(err) && o.updateExpected {
			expected, err = expectedFailures{}, nil
		}
		if err != nil {
			return false, err
		}
	}
	jobs, err := o.plan(subject, reference)
	if err != nil {
		return false, err
	}

	began := time.Now()
	results := runJobs(ctx, jobs, o.jobs, stderr)
	took := time.Since(began)
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	o.report(stdout, expected, results, subject, reference, took)
	if o.json != "" {
		if err := writeJSON(o.json, subject, reference, results, took); err != nil {
			return false, err
		}
	}
	if o.updateExpected {
		expected.update(results)
		heading := fmt.Sprintf("Tests that %s does not pass yet.", filepath.Base(subject.Path))
		return false, expected.write(o.expected, heading)
	}
	regressions, _, _ := expected.sortOut(results)
	return len(regressions) > 0, nil
}

// plan makes a job of each test.
func (o *options) plan(subject, reference program) ([]job, error) {
	var jobs []job
	add := func(j job) {
		if strings.Contains(j.Name, o.run) {
			jobs = append(jobs, j)
		}
	}
	if o.suite != "" {
		dir, err := filepath.Abs(o.suite)
		if err != nil {
			return nil, err
		}
		s := suite{Dir: dir, Program: subject, Timeout: o.timeout}
		var groups []string
		if o.group != "" {
			groups = strings.Split(o.group, ",")
		}
		files, err := s.files(groups, o.list)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			add(s.job(f))
		}
	} else {
		cases, err := findCases(o.paths, o.timeout)
		if err != nil {
			return nil, err
		}
		t := tester{program: subject, repeat: o.repeat}
		ref := tester{program: reference, repeat: o.repeat}
		for _, c := range cases {
			add(job{Name: c.Name, Module: c.module(), Run: func(ctx context.Context, _ int) result {
				switch {
				case o.record:
					return ref.record(ctx, c)
				case o.against != "":
					return t.live(ctx, c, ref)
				default:
					return t.recorded(ctx, c)
				}
			}})
		}
	}
	if len(jobs) == 0 {
		return nil, errors.New("no tests found")
	}
	return jobs, nil
}

func (o *options) report(stdout io.Writer, expected expectedFailures, results []result, subject, reference program, took time.Duration) {
	switch {
	case o.record:
		fmt.Fprintf(stdout, "recorded from %s in %.1f s\n", reference.Version, took.Seconds())
	case o.against != "":
		fmt.Fprintf(stdout, "%s against %s in %.1f s\n", subject.Version, reference.Version, took.Seconds())
	default:
		fmt.Fprintf(stdout, "%s in %.1f s\n", subject.Version, took.Seconds())
	}
	regressions, fixes, known := expected.sortOut(results)
	printDetails(stdout, "failed", regressions, o.lines)
	printDetails(stdout, "failed as expected", known, 0)
	printDetails(stdout, "fixed: pass, but listed in "+o.expected, fixes, 0)
	printTable(stdout, results)
}
