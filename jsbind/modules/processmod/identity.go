package processmod

import (
	"os"
	"runtime"
	"strings"

	"github.com/dop251/goja"
)

// NodeVersion is the version that programs see; SpindleVersion is ours.
const (
	NodeVersion    = "24.12.0"
	SpindleVersion = "0.1.0"
)

// identity fills what a program reads to find out where it runs: Node 24.12.0,
// and in process.versions.spindle what it really is.
func (p *Process) identity() {
	vm, o := p.rt.VM, p.Obj
	_ = o.DefineDataPropertySymbol(goja.SymToStringTag, vm.ToValue("process"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = o.Set("version", "v"+NodeVersion)
	versions := vm.NewObject()
	for _, kv := range [][2]string{{"node", NodeVersion}, {"spindle", SpindleVersion}, {"v8", "13.6.233.17-node.37"}, {"uv", "1.51.0"}, {"llhttp", "9.3.0"}, {"openssl", "3.5.4"}, {"modules", "137"}, {"go", strings.TrimPrefix(runtime.Version(), "go")}} {
		_ = versions.DefineDataProperty(kv[0], vm.ToValue(kv[1]), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	}
	_ = o.Set("versions", versions)
	_ = o.Set("arch", nodeArch())
	_ = o.Set("platform", runtime.GOOS)
	release := vm.NewObject()
	_ = release.Set("name", "node")
	_ = release.Set("lts", "Krypton")
	_ = o.Set("release", release)
	_ = o.Set("argv", p.rt.ToValue(p.opt.Argv))
	_ = o.Set("execArgv", p.rt.ToValue(p.opt.ExecArgv))
	_ = o.Set("execPath", p.opt.ExecPath)
	if len(p.opt.Argv) > 0 {
		_ = o.Set("argv0", os.Args[0])
	}
	title := p.opt.Title
	for _, a := range p.opt.Flags {
		if t, ok := strings.CutPrefix(a, "--title="); ok {
			title = setTitle(t)
		}
	}
	p.rt.Accessor(o, "title", func(goja.Value) goja.Value { return vm.ToValue(title) }, func(_, v goja.Value) { title = setTitle(v.String()) }, true)
	_ = o.Set("pid", os.Getpid())
	p.rt.Accessor(o, "ppid", func(goja.Value) goja.Value { return vm.ToValue(os.Getppid()) }, nil, true)
	_ = o.Set("debugPort", 9229)
	_ = o.Set("moduleLoadList", vm.NewArray())
	for _, name := range []string{"version", "versions", "arch", "platform", "release", "pid", "moduleLoadList"} {
		_ = o.DefineDataProperty(name, o.Get(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	_ = o.DefineDataProperty("argv0", o.Get("argv0"), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	_ = o.Set("_preload_modules", vm.NewArray())
	p.features()
	p.config()
	p.environment()
}

func nodeArch() string {
	switch runtime.GOARCH {
	case "amd64":
		return "x64"
	case "386":
		return "ia32"
	}
	return runtime.GOARCH
}

func (p *Process) features() {
	f := p.rt.VM.NewObject()
	for _, kv := range []struct {
		name string
		on   bool
	}{{"inspector", false}, {"debug", false}, {"uv", true}, {"ipv6", true}, {"openssl_is_boringssl", false}, {"tls_alpn", true}, {"tls_sni", true}, {"tls_ocsp", false}, {"tls", true}, {"cached_builtins", true}, {"require_module", !p.flag("--no-experimental-require-module") && !p.flag("--no-require-module")}} {
		_ = f.DefineDataProperty(kv.name, p.rt.VM.ToValue(kv.on), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	}
	var types any = "strip"
	switch {
	case p.flag("--experimental-transform-types"):
		types = "transform"
	case p.flag("--no-strip-types"), p.flag("--no-experimental-strip-types"):
		types = false
	}
	_ = f.DefineDataProperty("typescript", p.rt.VM.ToValue(types), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	_ = p.Obj.Set("features", f)
}

func (p *Process) config() {
	vm := p.rt.VM
	c := vm.NewObject()
	defaults := vm.NewObject()
	for _, k := range []string{"cflags", "defines", "include_dirs", "libraries"} {
		_ = defaults.Set(k, vm.NewArray())
	}
	_ = defaults.Set("default_configuration", "Release")
	_ = c.Set("target_defaults", defaults)
	vars := vm.NewObject()
	_ = vars.Set("v8_enable_i18n_support", 0)
	_ = vars.Set("node_shared", false)
	_ = vars.Set("is_debug", 0)
	_ = vars.Set("asan", 0)
	_ = vars.Set("host_arch", nodeArch())
	_ = vars.Set("target_arch", nodeArch())
	_ = vars.Set("napi_build_version", "10")
	_ = vars.Set("node_module_version", 137)
	_ = vars.Set("node_use_amaro", true)
	_ = c.Set("variables", vars)
	freeze := vm.Get("Object").(*goja.Object)
	for _, x := range []*goja.Object{defaults, vars, c} {
		p.rt.Call(freeze.Get("freeze"), freeze, x)
	}
	_ = p.Obj.Set("config", c)
}
