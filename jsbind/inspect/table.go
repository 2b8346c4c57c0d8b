package inspect

import (
	"math"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/mirror"
	"github.com/spindle-js/spindle/nodeerr"
)

// Table renders data as console.table does
// (https://nodejs.org/docs/latest-v24.x/api/console.html#consoletabletabulardata-properties),
// without a line feed at the end. properties is undefined (or nil) or an array
// of the columns that are wanted; it throws ERR_INVALID_ARG_TYPE if it is
// anything else. ok is false if data is no object: then console.table logs it.
// Of opts, the colors count.
func (in *Inspector) Table(data, properties goja.Value, opts Options) (text string, ok bool) {
	o, ok := data.(*goja.Object)
	if !ok || in.callable(o) {
		return "", false
	}
	t := table{Inspector: in, opts: opts}
	t.opts.MaxArrayLength, t.opts.BreakLength = 3, math.Inf(1)
	t.opts.given = without(t.opts.given, "maxArrayLength", "breakLength")
	if properties != nil && !goja.IsUndefined(properties) {
		list, ok := properties.(*goja.Object)
		if !ok || in.mirror.Kind(list) != mirror.Array {
			in.throw(nodeerr.InvalidArgType("properties", nodeerr.Expected("Array"), in.Received(properties)))
		}
		t.wanted = []string{}
		for i := range int(list.Get("length").ToInteger()) {
			t.wanted = append(t.wanted, in.toTextLenient(orUndefined(list.Get(itoa(i)))))
		}
	}
	switch in.mirror.Kind(o) {
	case mirror.Map:
		t.entries(in.mirror.Entries(o), true)
	case mirror.Set:
		t.entries(in.mirror.Entries(o), false)
	case mirror.MapIterator:
		list, pairs, _ := in.mirror.Rest(o)
		t.entries(list, pairs)
	case mirror.SetIterator:
		list, pairs, _ := in.mirror.Rest(o)
		if pairs { // Node lists key and value one after the other
			var flat []mirror.Entry
			for _, e := range list {
				flat = append(flat, e, e)
			}
			list = flat
		}
		t.entries(list, false)
	default:
		t.rows(o)
	}
	return mirror.Clean(t.render()), true
}

// table is a table that is being made, column by column.
type table struct {
	*Inspector
	opts    Options
	wanted  []string // the columns asked for, nil for all
	headers []string
	columns [][]string
}

const (
	indexHeader     = "(index)"
	iterationHeader = "(iteration index)"
	keyHeader       = "Key"
	valuesHeader    = "Values"
)

func (t *table) add(header string, cells []string) {
	t.headers = append(t.headers, header)
	t.columns = append(t.columns, cells)
}

// cell prints a value that stands in a table: one level of it, or none if it
// is an object with more than two properties.
func (t *table) cell(v goja.Value) string {
	opts := t.opts
	opts.Depth = 0
	if o, ok := v.(*goja.Object); ok && !t.callable(o) && t.mirror.Kind(o) != mirror.Array {
		names := 0
		for _, k := range t.mirror.OwnKeys(o, false) {
			if k.Symbol == nil {
				names++
			}
		}
		if names > 2 {
			opts.Depth = -1
		}
	}
	opts.given = without(opts.given, "depth")
	return t.inspectText(orUndefined(v), opts)
}

// entries lists a collection: an index, the keys if it has any, and the values.
func (t *table) entries(list []mirror.Entry, pairs bool) {
	var index, keys, values []string
	for i, e := range list {
		index = append(index, itoa(i))
		if pairs {
			keys = append(keys, t.cell(e.Key))
			values = append(values, t.cell(e.Value))
		} else {
			values = append(values, t.cell(e.Key))
		}
	}
	t.add(iterationHeader, index)
	if pairs {
		t.add(keyHeader, keys)
	}
	t.add(valuesHeader, values)
}

// rows lists the properties of an object, one a row: the properties of each in
// columns of their names, and what is no object in the column Values.
func (t *table) rows(o *goja.Object) {
	var index, values []string
	var names []string // of the columns, in the order in which they turned up
	cells := make(map[string][]string)
	set := func(name string, row int, text string) {
		column, ok := cells[name]
		if !ok {
			names = append(names, name)
		}
		for len(column) <= row {
			column = append(column, "")
		}
		column[row] = text
		cells[name] = column
	}
	hasValues := false
	for _, k := range t.mirror.OwnKeys(o, false) {
		if k.Symbol != nil {
			continue
		}
		row := len(index)
		index = append(index, k.Name())
		values = append(values, "")
		item := orUndefined(t.mirror.Get(o, k))
		object, isObject := item.(*goja.Object)
		if !isObject && t.wanted == nil {
			hasValues = true
			values[row] = t.cell(item)
			continue
		}
		columns := t.wanted
		if columns == nil {
			for _, k := range t.mirror.OwnKeys(object, false) {
				if k.Symbol == nil {
					columns = append(columns, k.Name())
				}
			}
		}
		for _, name := range columns {
			key := mirror.StringKey(name)
			if !isObject || !t.mirror.HasOwn(object, key) {
				set(name, row, "")
				continue
			}
			set(name, row, t.cell(t.mirror.Get(object, key)))
		}
	}
	t.add(indexHeader, index)
	for _, name := range indicesFirst(names) {
		t.add(name, cells[name])
	}
	if hasValues {
		t.add(valuesHeader, values)
	}
}

// indicesFirst puts names that are array indices first, as they are in an
// object of which they are the keys.
func indicesFirst(names []string) []string {
	keys := make([]mirror.Key, len(names))
	for i, name := range names {
		keys[i] = mirror.StringKey(name)
	}
	sorted := make([]string, len(names))
	for i, k := range mirror.SortKeys(keys) {
		sorted[i] = k.Name()
	}
	return sorted
}

// render draws the table.
func (t *table) render() string {
	widths := make([]int, len(t.columns))
	rows := 0
	for i, column := range t.columns {
		widths[i] = t.cellWidth(t.headers[i])
		for _, cell := range column {
			widths[i] = max(widths[i], t.cellWidth(cell))
		}
		rows = max(rows, len(column))
	}
	var b strings.Builder
	rule := func(left, middle, right string) {
		for i, w := range widths {
			if i == 0 {
				b.WriteString(left)
			} else {
				b.WriteString(middle)
			}
			b.WriteString(strings.Repeat("─", w+2))
		}
		b.WriteString(right)
	}
	line := func(cell func(column int) string) {
		for i, w := range widths {
			text := cell(i)
			b.WriteString("│ ")
			b.WriteString(text)
			writeSpaces(&b, w-t.cellWidth(text)+1)
		}
		b.WriteString("│\n")
	}
	rule("┌", "┬", "┐\n")
	line(func(i int) string { return t.headers[i] })
	rule("├", "┼", "┤\n")
	for row := range rows {
		line(func(i int) string {
			if row < len(t.columns[i]) {
				return t.columns[i][row]
			}
			return ""
		})
	}
	rule("└", "┴", "┘")
	return b.String()
}

func (t *table) cellWidth(text string) int { return StringWidth(StripVTControlCharacters(text)) }

// Indent indents every line of text by n columns, as console.group does what is
// logged in it.
func Indent(text string, n int) string {
	if n <= 0 {
		return text
	}
	pad := strings.Repeat(" ", n)
	return pad + strings.ReplaceAll(text, "\n", "\n"+pad)
}
