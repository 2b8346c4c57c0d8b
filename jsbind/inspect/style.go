package inspect

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
)

// style names what a piece of text stands for; inspect.styles gives its color.
type style string

// The styles, in the order and with the colors of inspect.styles. Property
// names have a style, but no color.
const (
	styleSpecial   style = "special"
	styleNumber    style = "number"
	styleBigInt    style = "bigint"
	styleBoolean   style = "boolean"
	styleUndefined style = "undefined"
	styleNull      style = "null"
	styleString    style = "string"
	styleSymbol    style = "symbol"
	styleDate      style = "date"
	styleRegExp    style = "regexp"
	styleModule    style = "module"
	styleName      style = "name"
)

// defaultStyles is what inspect.styles begins with.
var defaultStyles = []struct {
	style style
	color string
}{
	{styleSpecial, "cyan"},
	{styleNumber, "yellow"},
	{styleBigInt, "yellow"},
	{styleBoolean, "yellow"},
	{styleUndefined, "grey"},
	{styleNull, "bold"},
	{styleString, "green"},
	{styleSymbol, "green"},
	{styleDate, "magenta"},
	{styleRegExp, "red"},
	{styleModule, "underline"},
}

// Color is an entry of inspect.colors: the SGR codes (ECMA-48, 8.3.117) that
// switch a text attribute on and off.
type Color struct {
	Name    string
	On, Off int
}

// Colors is what inspect.colors begins with, and what util.styleText takes.
var Colors = []Color{
	{"reset", 0, 0},
	{"bold", 1, 22},
	{"dim", 2, 22},
	{"italic", 3, 23},
	{"underline", 4, 24},
	{"blink", 5, 25},
	{"inverse", 7, 27},
	{"hidden", 8, 28},
	{"strikethrough", 9, 29},
	{"doubleunderline", 21, 24},
	{"black", 30, 39},
	{"red", 31, 39},
	{"green", 32, 39},
	{"yellow", 33, 39},
	{"blue", 34, 39},
	{"magenta", 35, 39},
	{"cyan", 36, 39},
	{"white", 37, 39},
	{"bgBlack", 40, 49},
	{"bgRed", 41, 49},
	{"bgGreen", 42, 49},
	{"bgYellow", 43, 49},
	{"bgBlue", 44, 49},
	{"bgMagenta", 45, 49},
	{"bgCyan", 46, 49},
	{"bgWhite", 47, 49},
	{"framed", 51, 54},
	{"overlined", 53, 55},
	{"gray", 90, 39},
	{"redBright", 91, 39},
	{"greenBright", 92, 39},
	{"yellowBright", 93, 39},
	{"blueBright", 94, 39},
	{"magentaBright", 95, 39},
	{"cyanBright", 96, 39},
	{"whiteBright", 97, 39},
	{"bgGray", 100, 49},
	{"bgRedBright", 101, 49},
	{"bgGreenBright", 102, 49},
	{"bgYellowBright", 103, 49},
	{"bgBlueBright", 104, 49},
	{"bgMagentaBright", 105, 49},
	{"bgCyanBright", 106, 49},
	{"bgWhiteBright", 107, 49},
}

// ColorAliases are further names in inspect.colors that are not enumerable.
var ColorAliases = []struct{ Alias, Name string }{
	{"grey", "gray"},
	{"blackBright", "gray"},
	{"bgGrey", "bgGray"},
	{"bgBlackBright", "bgGray"},
	{"faint", "dim"},
	{"crossedout", "strikethrough"},
	{"strikeThrough", "strikethrough"},
	{"crossedOut", "strikethrough"},
	{"conceal", "hidden"},
	{"swapColors", "inverse"},
	{"swapcolors", "inverse"},
	{"doubleUnderline", "doubleunderline"},
}

// style renders a piece of text as options.stylize does.
func (s *state) style(text string, st style) string {
	switch {
	case s.opts.Colors:
		return s.color(text, st)
	case s.opts.stylize != nil:
		f, ok := s.opts.stylize.(*goja.Object)
		if !ok || !s.callable(f) {
			panic(s.vm.NewTypeError("fn is not a function"))
		}
		return s.toText(s.Inspector.call(f, goja.Undefined(), s.mirror.StringValue(text), s.vm.ToValue(string(st))))
	}
	return text
}

// color looks a style up in inspect.styles and inspect.colors, which programs
// may change.
func (in *Inspector) color(text string, st style) string {
	name := in.styles.Get(string(st))
	if name == nil || goja.IsUndefined(name) {
		return text
	}
	codes, ok := in.mirror.Get(in.colors, mirror.StringKey(in.toText(name))).(*goja.Object)
	if !ok {
		return text
	}
	var on, off goja.Value
	if v, _, ok := in.mirror.Elements(codes); ok && len(v) >= 2 {
		on, off = v[0], v[1]
	}
	if on == nil || off == nil {
		on, off = orUndefined(codes.Get("0")), orUndefined(codes.Get("1"))
	}
	return "\x1b[" + in.toText(on) + "m" + text + "\x1b[" + in.toText(off) + "m"
}

func orUndefined(v goja.Value) goja.Value {
	if v == nil {
		return goja.Undefined()
	}
	return v
}
