package lang

// ModuleInfo describes an ECMAScript module.
type ModuleInfo struct{}

func compileModule(name, src string) (*Program, error) {
	return compileTransformed(name, src, ESM, nil)
}
