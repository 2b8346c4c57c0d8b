package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind"
	"github.com/spindle-js/spindle/net"
)

// run does what the command line asked for and returns the exit code.
func run(o *options) int {
	switch {
	case o.version:
		fmt.Println("v" + jsbind.NodeVersion)
		return 0
	case o.help:
		fmt.Print(usage)
		return 0
	}
	if o.run != nil {
		if o.file != "" {
			o.args = append([]string{o.file}, o.args...)
		}
		return runScript(*o.run, o.args)
	}
	if o.watch {
		return watch(o)
	}
	tuneGC()
	exe, err := os.Executable()
	if err != nil {
		exe = os.Args[0]
	}
	argv := []string{exe}
	tests := o.test
	var patterns []string
	if tests {
		if o.file != "" {
			patterns = append([]string{o.file}, o.args...)
		}
		o.file, o.args = "", nil
	}
	if o.interactive && o.eval == nil && o.file == "" && slices.ContainsFunc(o.flags, func(a string) bool { return strings.HasPrefix(a, "--input-type=") }) {
		fmt.Fprintln(os.Stderr, "Cannot specify --input-type for REPL")
		return 9
	}
	loop := !tests && !o.check && (o.interactive && (o.eval != nil || o.file == "") || o.eval == nil && o.file == "" && net.IsTerminal(0))
	if loop && o.eval == nil || tests {
		o.file = ""
	} else if o.eval == nil && (o.file == "" || o.file == "-") {
		src, err := io.ReadAll(os.Stdin)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		text := string(src)
		o.eval = &text
		if o.file == "-" {
			argv = append(argv, "-")
		}
		o.file = "[stdin]"
	} else if o.eval != nil {
		o.file = "[eval]"
	} else if abs, err := filepath.Abs(o.file); err == nil {
		argv = append(argv, abs)
	}
	jo := jsbind.Options{Argv: append(argv, o.args...), ExecArgv: o.execArgv, Flags: o.flags, Import: o.imports, OnFile: dependencies()}
	if o.workers > 0 {
		if tests || loop || o.check {
			fmt.Fprintln(os.Stderr, "--workers needs a script to run")
			return 9
		}
		return runWorkers(o, jo)
	}
	jo.TurnLimit = o.limits.turn
	rt, err := jsbind.New(jo)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	rt.DrainOnTerm(o.drain)
	o.limits.watch(rt)
	rt.Preload(o.require)
	switch {
	case o.check:
		return rt.Check(o.file)
	case tests:
		rt.Test(patterns)
	case loop && o.eval == nil:
		rt.REPL()
	default:
		begin(rt, o)
		if loop {
			rt.REPL()
		}
	}
	return turn(rt)
}

// turn turns the loop until the program's end and returns the exit code.
func turn(rt *jsbind.Runtime) int {
	code, err := rt.Run(context.Background())
	var limit *jsbind.LimitError
	switch {
	case errors.As(err, &limit):
		endAtLimit(limit)
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return code
}

// begin starts the script, or the text of -e.
func begin(rt *jsbind.Runtime, o *options) {
	if o.eval == nil {
		rt.RunFile(o.file)
		return
	}
	var print func(goja.Value)
	if o.print {
		print = rt.Print
	}
	rt.Eval(o.file, *o.eval, print)
}

const usage = `Usage: spindle [options] [ script.js ] [arguments]
       spindle compat [options] [path…]

Options:
  -                     script read from stdin
  --                    indicate the end of options
  -c, --check           syntax check script without executing
  -C, --conditions=...  additional condition of exports and imports (option can be repeated)
  --drain-timeout=...   milliseconds that http answers in flight get after SIGTERM (5000; 0: none)
  --env-file=...        file of variables for the environment (option can be repeated)
  --env-file-if-exists=...
                        the same, if the file is there
  -e, --eval=...        evaluate script
  -h, --help            print this text
  -i, --interactive     always enter the REPL even if stdin is no terminal
  --import=...          ES module to preload (option can be repeated)
  --input-type=...      set module type of string input
  --max-old-space-size=...
                        MiB of memory that the program may hold
  -p, --print=...       evaluate script and print result
  -r, --require=...     CommonJS module to preload (option can be repeated)
  --run=...             run a script of package.json
  --test                run the tests of the files that the arguments name
  --workers=...         number of loops that run the script on shared ports ("auto": one a CPU)
  --time-limit=...      milliseconds that the program may run
  --turn-limit=...      milliseconds that one callback with what follows it may take
  -v, --version         print the Node version that is provided
  --watch               run again when a file that was loaded changes
  --watch-path=...      run again when a file below this path changes (option can be repeated)
  --watch-preserve-output
                        do not clear the terminal before running again

Environment variables:
  NODE_OPTIONS          set CLI options in the environment
  NODE_PATH             ':'-separated list of directories prefixed to the module search path
  NODE_NO_WARNINGS=1    silence process warnings
  NODE_DEBUG=...        ','-separated list of core modules that print debug information
`
