package main

import (
	"errors"
	"fmt"
	"strings"
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
	flags       []string      // those of NODE_OPTIONS, then execArgv
	drain       time.Duration // grace after SIGTERM
	workers     int           // loops
	limits      limits
	version     bool
	help        bool
}

// withValue are Node's options that take a value in the next argument and that
// have no effect here.
var withValue = map[string]bool{
	"--conditions": true, "-C": true, "--title": true, "--input-type": true, "--icu-data-dir": true,
	"--stack-trace-limit": true, "--redirect-warnings": true, "--disable-warning": true, "--max-http-header-size": true,
	"--experimental-loader": true, "--loader": true, "--unhandled-rejections": true, "--dns-result-order": true, "--diagnostic-dir": true,
	"--test-name-pattern": true, "--test-skip-pattern": true, "--test-reporter": true, "--test-reporter-destination": true,
	"--test-shard": true, "--test-concurrency": true, "--test-timeout": true, "--test-isolation": true, "--experimental-test-isolation": true,
	"--test-coverage-include": true, "--test-coverage-exclude": true, "--test-coverage-branches": true, "--test-coverage-functions": true,
	"--test-coverage-lines": true, "--test-global-setup": true, "--test-rerun-failures": true,
}

// defaultDrain is how long SIGTERM waits for http answers in flight.
const defaultDrain = 5 * time.Second

// inputTypes are the values of --input-type.
var inputTypes = map[string]bool{"module": true, "commonjs": true, "module-typescript": true, "commonjs-typescript": true}

const badInputType = `--input-type must be "module","commonjs", "module-typescript" or "commonjs-typescript"`

// parseArgs reads the command line as node does: options, then the script, and
// all after it belongs to the script.
func parseArgs(args []string) (*options, error) {
	o := &options{drain: defaultDrain}
	value := func(i *int, name string) (string, error) {
		if *i+1 >= len(args) {
			return "", fmt.Errorf("%s requires an argument", name)
		}
		*i++
		return args[*i], nil
	}
	for i := 0; i < len(args); i++ {
		a := args[i]
		switch {
		case a == "--":
			o.rest(args[i+1:])
			return o, nil
		case a == "-" || !strings.HasPrefix(a, "-"):
			o.rest(args[i:])
			return o, nil
		case a == "-v" || a == "--version":
			o.version = true
		case a == "-h" || a == "--help":
			o.help = true
		case a == "-i" || a == "--interactive":
			o.interactive = true
			o.execArgv = append(o.execArgv, a)
		case a == "-c" || a == "--check":
			o.check = true
		case a == "-e" || a == "--eval" || a == "-p" || a == "--print" || a == "-pe":
			o.print = o.print || a != "-e" && a != "--eval"
			v, err := value(&i, a)
			if err != nil {
				return nil, err
			}
			o.eval = &v
			o.execArgv = append(o.execArgv, a, v)
		case strings.HasPrefix(a, "--eval=") || strings.HasPrefix(a, "--print="):
			name, v, _ := strings.Cut(a, "=")
			o.print = o.print || name == "--print"
			o.eval = &v
			o.execArgv = append(o.execArgv, a)
		case a == "-r" || a == "--require":
			v, err := value(&i, a)
			if err != nil {
				return nil, err
			}
			o.require = append(o.require, v)
			o.execArgv = append(o.execArgv, a, v)
		case strings.HasPrefix(a, "--require="):
			o.require = append(o.require, strings.TrimPrefix(a, "--require="))
			o.execArgv = append(o.execArgv, a)
		case a == "--import":
			v, err := value(&i, a)
			if err != nil {
				return nil, err
			}
			o.imports = append(o.imports, v)
			o.execArgv = append(o.execArgv, a, v)
		case strings.HasPrefix(a, "--import="):
			o.imports = append(o.imports, strings.TrimPrefix(a, "--import="))
			o.execArgv = append(o.execArgv, a)
		case withValue[a]:
			v, err := value(&i, a)
			if err != nil {
				return nil, err
			}
			if a == "--input-type" && !inputTypes[v] {
				return nil, errors.New(badInputType)
			}
			o.execArgv = append(o.execArgv, a, v)
		case strings.HasPrefix(a, "--input-type=") && !inputTypes[strings.TrimPrefix(a, "--input-type=")]:
			return nil, errors.New(badInputType)
		case a == "--workers" || strings.HasPrefix(a, "--workers="):
			// Not in execArgv: children of the program have one loop.
			v, given := strings.CutPrefix(a, "--workers=")
			if !given {
				var err error
				if v, err = value(&i, a); err != nil {
					return nil, err
				}
			}
			n, err := workerCount(v)
			if err != nil {
				return nil, err
			}
			o.workers = n
		case ownOptions[optionName(a)]:
			text := a
			if !strings.Contains(a, "=") {
				v, err := value(&i, a)
				if err != nil {
					return nil, err
				}
				text += "=" + v
				o.execArgv = append(o.execArgv, a, v)
			} else {
				o.execArgv = append(o.execArgv, a)
			}
			if err := o.setOwn(text); err != nil {
				return nil, err
			}
		case strings.HasPrefix(a, "--") && known(a):
			o.execArgv = append(o.execArgv, a)
		default:
			return nil, fmt.Errorf("bad option: %s", a)
		}
	}
	return o, nil
}

// known reports whether a is an option of Node's, with a value or without, in
// its negative form or V8's spelling with underscores.
func known(a string) bool {
	name, _, _ := strings.Cut(a, "=")
	name = strings.ReplaceAll(name, "_", "-")
	if knownOptions[name] {
		return true
	}
	if rest, ok := strings.CutPrefix(name, "--no-"); ok && knownOptions["--"+rest] {
		return true
	}
	return strings.HasPrefix(name, "--harmony-") || strings.HasPrefix(name, "--experimental-") || strings.HasPrefix(name, "--no-experimental-")
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
