package inspect

import (
	"maps"
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// Getters says which getters are called.
type Getters uint8

// The values of options.getters.
const (
	GettersOff  Getters = iota // false
	GettersAll                 // true
	GettersOnly                // 'get': those without a setter
	GettersPair                // 'set': those with a setter
)

// CompactFull is options.compact true. A positive number unites that many inner
// levels on a line; 0 is false.
const CompactFull = -1

// Options are those of util.inspect, with Infinity for no limit. The zero value
// is not useful; start from DefaultOptions or Inspector.Default.
type Options struct {
	ShowHidden       bool
	Depth            float64
	Colors           bool
	CustomInspect    bool
	ShowProxy        bool
	MaxArrayLength   float64
	MaxStringLength  float64
	BreakLength      float64
	Compact          float64
	Sorted           bool
	Compare          goja.Value // options.sorted when it is neither true nor false
	Getters          Getters
	NumericSeparator bool

	// given has the options whose value in JavaScript was not the one that the
	// fields above stand for; custom inspection functions receive it as it was.
	given map[string]goja.Value
	// extra is that object if it has keys that are no options; custom
	// inspection functions receive its properties, too.
	extra *goja.Object
	// stylize is options.stylize, if it is not one of util's own functions.
	stylize goja.Value
}

// DefaultOptions are the options that Node starts with.
func DefaultOptions() Options {
	return Options{
		Depth:           2,
		CustomInspect:   true,
		MaxArrayLength:  100,
		MaxStringLength: 10000,
		BreakLength:     80,
		Compact:         3,
	}
}

// optionNames are the options in Node's order.
var optionNames = []string{
	"showHidden", "depth", "colors", "customInspect", "showProxy", "maxArrayLength", "maxStringLength",
	"breakLength", "compact", "sorted", "getters", "numericSeparator",
}

// ParseOptions returns base changed by the enumerable own properties of the
// JavaScript object o, running its getters.
func (in *Inspector) ParseOptions(base Options, o *goja.Object) Options {
	for _, k := range in.mirror.OwnKeys(o, false) {
		if k.Symbol != nil {
			continue
		}
		name := k.Name()
		if !in.setOption(&base, name, o.Get(name)) {
			base.extra = o
		}
	}
	return base
}

// setOption sets one option and reports whether there is one of that name.
func (in *Inspector) setOption(o *Options, name string, v goja.Value) bool {
	if v == nil {
		v = goja.Undefined()
	}
	switch name {
	case "showHidden":
		o.ShowHidden = v.ToBoolean()
	case "depth":
		o.Depth = limit(v)
	case "colors":
		o.Colors = v.ToBoolean()
	case "customInspect":
		o.CustomInspect = v.ToBoolean()
	case "showProxy":
		o.ShowProxy = v.ToBoolean()
	case "maxArrayLength":
		o.MaxArrayLength = limit(v)
	case "maxStringLength":
		o.MaxStringLength = limit(v)
	case "breakLength":
		o.BreakLength = number(v)
	case "compact":
		o.Compact = 0
		if goja.IsNumber(v) {
			o.Compact = math.Max(v.ToFloat(), 0)
		} else if v.StrictEquals(in.vm.ToValue(true)) {
			o.Compact = CompactFull
		}
	case "sorted":
		o.Sorted, o.Compare = v.ToBoolean(), nil
		if o.Sorted && mirror.TypeOf(v) != mirror.TypeBoolean {
			o.Compare = v
		}
	case "getters":
		o.Getters = parseGetters(v)
	case "numericSeparator":
		o.NumericSeparator = v.ToBoolean()
	case "stylize":
		o.stylize = nil
		if f, ok := v.(*goja.Object); !ok || f != in.plain && f != in.colored {
			o.stylize = v
		}
		return true
	default:
		return false
	}
	_, had := o.given[name]
	same := in.fieldValue(o, name).StrictEquals(v)
	if !had && same {
		return true
	}
	o.given = maps.Clone(o.given)
	if same {
		delete(o.given, name)
		return true
	}
	if o.given == nil {
		o.given = make(map[string]goja.Value, 1)
	}
	o.given[name] = v
	return true
}

// number converts an option to a number; what is none compares as false.
func number(v goja.Value) float64 {
	if mirror.TypeOf(v) == mirror.TypeSymbol || mirror.TypeOf(v) == mirror.TypeBigInt {
		return math.NaN()
	}
	return v.ToFloat()
}

// limit is number with null for Infinity.
func limit(v goja.Value) float64 {
	if goja.IsNull(v) {
		return math.Inf(1)
	}
	return number(v)
}

func parseGetters(v goja.Value) Getters {
	if mirror.TypeOf(v) == mirror.TypeString {
		switch v.String() {
		case "get":
			return GettersOnly
		case "set":
			return GettersPair
		}
		return GettersOff
	}
	if mirror.TypeOf(v) == mirror.TypeBoolean && v.ToBoolean() {
		return GettersAll
	}
	return GettersOff
}

// optionValue returns an option as JavaScript sees it.
func (in *Inspector) optionValue(o *Options, name string) goja.Value {
	if v, ok := o.given[name]; ok {
		if goja.IsNull(v) && (name == "maxArrayLength" || name == "maxStringLength") {
			return goja.PositiveInf()
		}
		return v
	}
	return in.fieldValue(o, name)
}

// fieldValue returns an option as the fields of o have it.
func (in *Inspector) fieldValue(o *Options, name string) goja.Value {
	switch name {
	case "showHidden":
		return in.vm.ToValue(o.ShowHidden)
	case "depth":
		return in.numberValue(o.Depth)
	case "colors":
		return in.vm.ToValue(o.Colors)
	case "customInspect":
		return in.vm.ToValue(o.CustomInspect)
	case "showProxy":
		return in.vm.ToValue(o.ShowProxy)
	case "maxArrayLength":
		return in.numberValue(o.MaxArrayLength)
	case "maxStringLength":
		return in.numberValue(o.MaxStringLength)
	case "breakLength":
		return in.numberValue(o.BreakLength)
	case "compact":
		switch o.Compact {
		case CompactFull:
			return in.vm.ToValue(true)
		case 0:
			return in.vm.ToValue(false)
		}
		return in.numberValue(o.Compact)
	case "sorted":
		if o.Compare != nil {
			return o.Compare
		}
		return in.vm.ToValue(o.Sorted)
	case "getters":
		switch o.Getters {
		case GettersOnly:
			return in.vm.ToValue("get")
		case GettersPair:
			return in.vm.ToValue("set")
		}
		return in.vm.ToValue(o.Getters == GettersAll)
	case "numericSeparator":
		return in.vm.ToValue(o.NumericSeparator)
	}
	return goja.Undefined()
}

func (in *Inspector) numberValue(f float64) goja.Value {
	if f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		return in.vm.ToValue(int64(f))
	}
	return in.vm.ToValue(f)
}

// OptionsObject returns the options as a custom inspection function receives
// them.
func (in *Inspector) OptionsObject(o *Options) *goja.Object {
	obj := in.vm.NewObject()
	put(obj, "stylize", in.stylizer(o))
	for _, name := range optionNames {
		put(obj, name, in.optionValue(o, name))
	}
	in.copyExtra(obj, o)
	return obj
}

// foreignOptions returns the options for an object behind a proxy: nothing in
// them leads to an object of this realm.
func (in *Inspector) foreignOptions(o *Options) *goja.Object {
	obj := in.vm.CreateObject(nil)
	for _, name := range optionNames {
		if v := in.optionValue(o, name); mirror.TypeOf(v) != mirror.TypeObject {
			put(obj, name, v)
		}
	}
	in.copyExtra(obj, o)
	for _, k := range in.mirror.OwnKeys(obj, false) {
		if p, _ := in.mirror.Own(obj, k); k.Symbol == nil && mirror.TypeOf(p.Value) == mirror.TypeObject {
			_ = obj.Delete(k.Name())
		}
	}
	opts := *o
	stylize := in.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		var styled goja.Value
		text := call.Argument(0)
		if ex := in.vm.Try(func() {
			s := state{Inspector: in, opts: opts}
			styled = in.mirror.StringValue(s.style(in.toText(text), style(in.toText(call.Argument(1)))))
		}); ex != nil {
			return text
		}
		return styled
	}).(*goja.Object)
	_ = stylize.DefineDataProperty("name", in.vm.ToValue(""), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = stylize.SetPrototype(nil)
	put(obj, "stylize", stylize)
	return obj
}

// copyExtra adds the properties that are no options.
func (in *Inspector) copyExtra(obj *goja.Object, o *Options) {
	if o.extra == nil {
		return
	}
	for _, k := range in.mirror.OwnKeys(o.extra, false) {
		v := in.mirror.Get(o.extra, k)
		if k.Symbol != nil {
			_ = obj.DefineDataPropertySymbol(k.Symbol, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		} else {
			put(obj, k.Name(), v)
		}
	}
}

// put creates an ordinary property.
func put(obj *goja.Object, name string, v goja.Value) {
	_ = obj.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
}

// stylizer returns options.stylize.
func (in *Inspector) stylizer(o *Options) goja.Value {
	switch {
	case o.Colors:
		return in.colored
	case o.stylize != nil:
		return o.stylize
	}
	return in.plain
}
