package loader

import (
	"strings"

	"github.com/spindle-js/spindle/jsbind/lang"
)

// The frames of Node's loader that a stack shows between those of modules: they
// count when Error.stackTraceLimit is reached.

func frame(function, file string, line, column int) lang.Frame {
	return lang.Frame{Function: function, File: "node:" + file, Line: line, Column: column}
}

const cjsLoader = "internal/modules/cjs/loader"

var (
	loadFrames = []lang.Frame{
		frame("Module._load", cjsLoader, 1300, 12),
		frame("TracingChannel.traceSync", "diagnostics_channel", 328, 14),
		frame("wrapModuleLoad", cjsLoader, 245, 24),
	}
	runFrames = append([]lang.Frame{
		frame("Module._compile", cjsLoader, 1761, 14),
		frame("Object..js", cjsLoader, 1893, 10),
		frame("Module.load", cjsLoader, 1481, 32),
	}, loadFrames...)
	resolveFrames = append([]lang.Frame{
		frame("Module._resolveFilename", cjsLoader, 1421, 15),
		frame("defaultResolveImpl", cjsLoader, 1059, 19),
		frame("resolveForCJSWithHooks", cjsLoader, 1064, 22),
		frame("Module._load", cjsLoader, 1227, 37),
	}, loadFrames[1:]...)
	compileFrames = append([]lang.Frame{
		frame("wrapSafe", cjsLoader, 1692, 18),
		frame("Module._compile", cjsLoader, 1735, 20),
	}, runFrames[1:]...)
	jsonFrames = append([]lang.Frame{
		{Function: "parse", Native: true},
		frame("Object..json", cjsLoader, 1905, 39),
	}, runFrames[2:]...)
	requireFrames = []lang.Frame{
		frame("Module.require", cjsLoader, 1504, 12),
		frame("require", "internal/modules/helpers", 152, 16),
	}
	requireModuleFrames = append([]lang.Frame{
		frame("ModuleJobSync.runSync", "internal/modules/esm/module_job", 517, 37),
		frame("ModuleLoader.importSyncForRequire", "internal/modules/esm/loader", 388, 47),
		frame("loadESMFromCJS", cjsLoader, 1578, 24),
		frame("Module._compile", cjsLoader, 1743, 5),
	}, runFrames[1:]...)
	importFrames = []lang.Frame{
		frame("ModuleJob.run", "internal/modules/esm/module_job", 413, 25),
		{Function: "onImport.tracePromise.__proto__", File: "node:internal/modules/esm/loader", Line: 660, Column: 26, Async: true},
		{Function: "asyncRunEntryPointWithESMLoader", File: "node:internal/modules/run_main", Line: 101, Column: 5, Async: true},
	}
	mainFrames = append(append([]lang.Frame{}, runFrames...),
		frame("Module.executeUserEntryPoint [as runMain]", "internal/modules/run_main", 154, 5),
		frame("", "internal/main/run_main_module", 33, 47),
	)
)

// loadStep is a step of a require that may fail without a module running.
type loadStep int

const (
	stepResolve loadStep = iota
	stepCompile
	stepJSON
)

// nativeFrames are those of require: what ran a module, or what failed before
// one ran.
func (l *Loader) nativeFrames(name string, called *lang.Frame) []lang.Frame {
	if name != "require" {
		return nil
	}
	var top []lang.Frame
	switch {
	case called != nil && isModuleBody(called):
		top = requireModuleFrames
	case called != nil:
		top = runFrames
	case l.step == stepCompile:
		top = compileFrames
	case l.step == stepJSON:
		top = jsonFrames
	default:
		top = resolveFrames
	}
	return append(append([]lang.Frame{}, top...), requireFrames...)
}

// isModuleBody reports whether a frame is that of a module's own code.
func isModuleBody(f *lang.Frame) bool {
	return f.Function == "" && (strings.HasPrefix(f.File, "file:") || strings.HasPrefix(f.File, "data:"))
}

// outermost are the frames below the main module and below modules that import
// runs. A module that goes on after an await has none.
func (l *Loader) outermost(called lang.Frame) ([]lang.Frame, bool) {
	switch {
	case called.Function == "Object.<anonymous>" && called.File == l.mainFile && l.mainFile != "":
		return mainFrames, true
	case isModuleBody(&called):
		rec := l.esm.records[recordKey{called.File, ""}]
		if rec == nil || rec.format != "module" {
			return nil, false
		}
		if rec.mod.Awaited() {
			return nil, true
		}
		if l.esm.pending == 0 {
			return importFrames[:2], true
		}
		return importFrames, true
	}
	return nil, false
}
