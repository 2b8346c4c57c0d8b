package lang

import (
	"encoding/json"
	"strings"

	"github.com/dop251/goja"
	"github.com/evanw/esbuild/pkg/api"
	"github.com/go-sourcemap/sourcemap"
)

// supported tells esbuild what to lower although ES2022 has it, and what to
// leave although ES2022 does not.
var supported = map[string]bool{
	"async-generator": false,
	"for-await":       false,
	"using":           false,
	"decorators":      false,

	"dynamic-import":      true, // parseDynamicImport
	"import-meta":         true,
	"import-attributes":   true,
	"import-source":       true,
	"hashbang":            true,
	"regexp-set-notation": true, // regexp_literal.go

	"regexp-match-indices":            true,
	"regexp-unicode-property-escapes": true,
}

// transformed is what esbuild made of a source text.
type transformed struct {
	code string
	maps *sourcemap.Consumer // from one-based positions to one-based positions
}

func transform(name, src string, format api.Format, types bool) (*transformed, []api.Message) {
	store, key := transformStore.Load(), ""
	if store != nil {
		key = transformKey(name, src, format, types)
		if code, sourceMap, ok := store.get(key); ok {
			return &transformed{code: string(code), maps: oneBased(sourceMap)}, nil
		}
	}
	loader := api.LoaderJS
	tsconfig := ""
	if types {
		loader = api.LoaderTS
		tsconfig = `{"compilerOptions":{"verbatimModuleSyntax":true}}`
	}
	res := api.Transform(withoutSourceMap(src), api.TransformOptions{
		Loader:         loader,
		Format:         format,
		Target:         api.ES2022,
		Supported:      supported,
		Charset:        api.CharsetUTF8,
		Sourcefile:     name,
		Sourcemap:      api.SourceMapExternal,
		SourcesContent: api.SourcesContentExclude,
		LegalComments:  api.LegalCommentsInline,
		TsconfigRaw:    tsconfig,
		LogLevel:       api.LogLevelSilent,
	})
	if len(res.Errors) > 0 {
		return nil, res.Errors
	}
	if store != nil {
		store.put(key, res.Code, res.Map)
	}
	return &transformed{code: string(res.Code), maps: oneBased(res.Map)}, nil
}

// TransformTypes makes JavaScript of TypeScript, with its source map (JSON). An
// error is a *SyntaxErrorInfo.
func TransformTypes(name, src string) (code, sourceMap string, err error) {
	res := api.Transform(withoutSourceMap(src), api.TransformOptions{
		Loader: api.LoaderTS, Target: api.ESNext, Charset: api.CharsetUTF8, Sourcefile: name, Sourcemap: api.SourceMapExternal,
		SourcesContent: api.SourcesContentExclude, LegalComments: api.LegalCommentsInline, LogLevel: api.LogLevelSilent,
		TsconfigRaw: `{"compilerOptions":{"verbatimModuleSyntax":true}}`,
	})
	if len(res.Errors) > 0 {
		return "", "", syntaxErrorFromTransform(name, src, res.Errors[0], nil)
	}
	return string(res.Code), string(res.Map), nil
}

// compileTransformed compiles what goja cannot parse, after esbuild rewrote
// it. plainErr is goja's error on the original text, nil if it was not tried.
func compileTransformed(name, referrer, src string, kind Kind, plainErr error, types bool) (*Program, error) {
	t, errs := transform(name, src, api.FormatDefault, types)
	if errs != nil {
		return nil, syntaxErrorFromTransform(name, src, errs[0], plainErr)
	}
	prg, err := compileOutput(name, referrer, t, kind, !usesHelperNames(src))
	if err != nil {
		return nil, mappedError(name, src, t, err)
	}
	return &Program{prg: prg, Name: name, Kind: kind, Transformed: true}, nil
}

// compileOutput compiles esbuild's output; ours says that the helpers of async
// generators in it are esbuild's and may be replaced.
func compileOutput(name, referrer string, t *transformed, kind Kind, ours bool) (*goja.Program, error) {
	tree, err := parse(name, t.code, kind)
	if err != nil {
		return nil, err
	}
	if t.maps != nil {
		tree.File.SetSourceMap(t.maps)
	}
	if ours && strings.Contains(t.code, helperAsyncGenerator) {
		nativeGenerators(tree)
	}
	return compileTree(referrer, tree, kind)
}

// oneBased parses esbuild's source map for goja, which looks positions up with
// columns counted from one and takes the answer for one-based too: both sides
// of the map are moved by one column.
func oneBased(data []byte) *sourcemap.Consumer {
	var m map[string]any
	if json.Unmarshal(data, &m) != nil {
		return nil
	}
	mappings, _ := m["mappings"].(string)
	m["mappings"] = shiftMappings(mappings)
	m["sources"] = []string{"source"}
	data, err := json.Marshal(m)
	if err != nil {
		return nil
	}
	c, err := sourcemap.Parse("", data)
	if err != nil {
		return nil
	}
	return c
}

// shiftMappings adds one to the generated column and to the original column
// of every segment: both are stored as differences, the first per line, the
// second throughout.
func shiftMappings(mappings string) string {
	var out strings.Builder
	first := true
	for i, line := range strings.Split(mappings, ";") {
		if i > 0 {
			out.WriteByte(';')
		}
		if line == "" {
			continue
		}
		head, rest, more := strings.Cut(line, ",")
		fields := decodeVLQ(head)
		if len(fields) > 0 {
			fields[0]++
		}
		if first && len(fields) >= 4 {
			fields[3]++
			first = false
		}
		encodeVLQ(&out, fields)
		if more {
			out.WriteByte(',')
			out.WriteString(rest)
		}
	}
	return out.String()
}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

func decodeVLQ(s string) []int {
	var fields []int
	value, bits := 0, 0
	for i := range len(s) {
		digit := strings.IndexByte(base64Digits, s[i])
		value |= (digit & 31) << bits
		bits += 5
		if digit&32 == 0 {
			n := value >> 1
			if value&1 != 0 {
				n = -n
			}
			fields = append(fields, n)
			value, bits = 0, 0
		}
	}
	return fields
}

func encodeVLQ(out *strings.Builder, fields []int) {
	for _, n := range fields {
		v := n << 1
		if n < 0 {
			v = -n<<1 | 1
		}
		for {
			digit := v & 31
			v >>= 5
			if v > 0 {
				digit |= 32
			}
			out.WriteByte(base64Digits[digit])
			if v == 0 {
				break
			}
		}
	}
}
