package main

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

// options is what the command line asks for.
type options struct {
	file        string // script to run; "-" is standard input
	args        []string
	eval        *string
	print       bool
	check       bool
	interactive bool
	require     []string
	imports     []string
	execArgv    []string
	// flags are the options of NODE_OPTIONS and then the command line's, in their
	// long form with their values after "=".
	flags          []string
	test, watch    bool
	run            *string // the name of a script in package.json
	envFiles       []envFile
	watchPaths     []string
	preserveOutput bool
	killSignal     string
	drain          time.Duration // grace after SIGTERM
	workers        int           // loops
	limits         limits
	version        bool
	help           bool
}

// withValue are Node's options that take a value, after "=" or in the next
// argument. Those that have no field in options are for others to find in flags.
var withValue = sync.OnceValue(func() map[string]bool {
	return names(`--conditions --title --input-type --icu-data-dir --stack-trace-limit --redirect-warnings
	--disable-warning --max-http-header-size --env-file --env-file-if-exists --watch-path --watch-kill-signal --run
	--unhandled-rejections --dns-result-order --trace-event-categories --trace-event-file-pattern --diagnostic-dir
	--network-family-autoselection-attempt-timeout --test-name-pattern --test-skip-pattern --test-reporter
	--test-reporter-destination --test-concurrency --test-timeout --test-shard --test-isolation --experimental-test-isolation --test-global-setup
	--test-rerun-failures --test-coverage-include --test-coverage-exclude --test-coverage-lines
	--test-coverage-branches --test-coverage-functions --disable-proto --secure-heap --secure-heap-min
	--report-signal --report-dir --report-directory --report-filename --tls-cipher-list --tls-keylog
	--openssl-config --use-largepages --v8-pool-size --heapsnapshot-signal --heapsnapshot-near-heap-limit
	--inspect-port --debug-port --inspect-publish-uid --cpu-prof-dir --cpu-prof-name --cpu-prof-interval
	--heap-prof-dir --heap-prof-name --heap-prof-interval --localstorage-file --experimental-loader --loader
	--require --import --eval --max-old-space-size-percentage`)
})

func names(text string) map[string]bool {
	m := map[string]bool{}
	for _, n := range strings.Fields(text) {
		m[n] = true
	}
	return m
}

// short are the short names of options.
var short = map[string]string{
	"-C": "--conditions", "-r": "--require", "-e": "--eval", "-p": "--print", "-pe": "--print", "-c": "--check",
	"-i": "--interactive", "-h": "--help", "-v": "--version", "--loader": "--experimental-loader",
}

// defaultDrain is how long SIGTERM waits for http answers in flight.
const defaultDrain = 5 * time.Second

// parseArgs reads the command line as node does: options, then the script, and
// all after it belongs to the script. The errors are Node's, without the
// program's name.
func parseArgs(args []string) (*options, error) {
	o := &options{drain: defaultDrain}
	for i := 0; i < len(args); i++ {
		a := args[i]
		switch {
		case a == "--":
			o.rest(args[i+1:])
			return o, nil
		case a == "-" || !strings.HasPrefix(a, "-"):
			o.rest(args[i:])
			return o, nil
		}
		name, v, given := strings.Cut(a, "=")
		if long, ok := short[name]; ok && (!given || strings.HasPrefix(name, "--")) {
			name = long
		} else if !strings.HasPrefix(a, "--") {
			return nil, fmt.Errorf("bad option: %s", a)
		}
		name = strings.ReplaceAll(name, "_", "-")
		options := len(o.execArgv)
		o.execArgv = append(o.execArgv, a)
		if name == "--print" { // its argument is the text of --eval
			o.print = true
			if given || a == "-pe" || i+1 < len(args) && (args[i+1] == "" || args[i+1][0] != '-') {
				name = "--eval"
			}
		}
		needs := withValue()[name] || ownOptions[name]
		if needs && !given {
			if i++; i == len(args) || name != "--eval" && len(args[i]) > 1 && args[i][0] == '-' {
				return nil, fmt.Errorf("%s requires an argument", a)
			}
			v = args[i]
			o.execArgv = append(o.execArgv, v)
		}
		if needs && v == "" && name != "--eval" && name != "--title" && name != "--env-file" && name != "--env-file-if-exists" {
			return nil, fmt.Errorf("%s requires an argument", a)
		}
		switch {
		case needs:
			o.flags = append(o.flags, name+"="+v)
		case given:
			o.flags = append(o.flags, name+"="+v)
		default:
			o.flags = append(o.flags, name)
		}
		if err := o.take(name, v, a); err != nil {
			return nil, err
		}
		if name == "--workers" { // children of the program have one loop
			o.execArgv = o.execArgv[:options]
		}
	}
	return o, nil
}

// take takes one option: name in its long form, v its value, a the argument that
// it came in.
func (o *options) take(name, v, a string) error {
	switch name {
	case "--version":
		o.version = true
	case "--help":
		o.help = true
	case "--interactive":
		o.interactive = true
	case "--check":
		o.check = true
	case "--print":
	case "--eval":
		o.eval = &v
	case "--require":
		o.require = append(o.require, v)
	case "--import":
		o.imports = append(o.imports, v)
	case "--run":
		o.run = &v
	case "--test":
		o.test = true
	case "--watch":
		o.watch = true
	case "--watch-path":
		o.watch = true
		o.watchPaths = append(o.watchPaths, v)
	case "--watch-preserve-output":
		o.preserveOutput = true
	case "--watch-kill-signal":
		o.killSignal = v
	case "--env-file", "--env-file-if-exists":
		o.envFiles = append(o.envFiles, envFile{v, name == "--env-file-if-exists"})
	default:
		if ownOptions[name] {
			return o.setOwn(name, v)
		}
		if !known(name) {
			return fmt.Errorf("bad option: %s", a)
		}
		if rest, ok := strings.CutPrefix(name, "--no-"); ok && withValue()["--"+rest] {
			return fmt.Errorf("%s is an invalid negation because it is not a boolean option", a)
		}
	}
	return nil
}

// known reports whether a is an option of Node's, with a value or without, in
// its negative form or V8's spelling with underscores.
func known(a string) bool {
	name, _, _ := strings.Cut(a, "=")
	name = strings.ReplaceAll(name, "_", "-")
	if knownOptions()[name] {
		return true
	}
	if rest, ok := strings.CutPrefix(name, "--no-"); ok && knownOptions()["--"+rest] {
		return true
	}
	return strings.HasPrefix(name, "--harmony-")
}

func (o *options) rest(args []string) {
	if o.eval != nil {
		o.args = args
		return
	}
	if len(args) > 0 {
		o.file, o.args = args[0], args[1:]
	}
}
