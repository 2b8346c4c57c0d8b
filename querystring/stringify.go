package querystring

import "strings"

// StringifyOptions are the arguments of querystring.stringify after the first.
// The zero value stands for Node's defaults.
type StringifyOptions struct {
	Sep string // between pairs; "" means "&"
	Eq  string // between name and value; "" means "="

	// Encode replaces Escape. An error ends the writing.
	Encode func(string) (string, error)
}

// Stringify writes v as a query. It fails where Escape fails.
func Stringify(v *Values) (string, error) {
	return StringifyWith(v, StringifyOptions{})
}

// StringifyWith writes v as a query. Its errors are those of Encode.
func StringifyWith(v *Values, opts StringifyOptions) (string, error) {
	w := NewWriter(opts)
	for name, values := range v.All() {
		if err := w.Name(name); err != nil {
			return "", err
		}
		if err := w.Value(values.First); err != nil {
			return "", err
		}
		for _, value := range values.More {
			if err := w.Value(value); err != nil {
				return "", err
			}
		}
	}
	return w.String(), nil
}

// Writer writes a query pair by pair: each Name is followed by any number of
// Values.
type Writer struct {
	opts StringifyOptions
	out  strings.Builder
	name string
}

// NewWriter returns an empty Writer.
func NewWriter(opts StringifyOptions) *Writer {
	if opts.Sep == "" {
		opts.Sep = "&"
	}
	if opts.Eq == "" {
		opts.Eq = "="
	}
	if opts.Encode == nil {
		opts.Encode = Escape
	}
	return &Writer{opts: opts}
}

// Name sets the name of the values that follow. Its errors are those of Encode.
func (w *Writer) Name(name string) (err error) {
	w.name, err = w.opts.Encode(name)
	return err
}

// Value writes a pair. Its errors are those of Encode.
func (w *Writer) Value(value string) error {
	encoded, err := w.opts.Encode(value)
	if err != nil {
		return err
	}
	w.Encoded(encoded)
	return nil
}

// Encoded writes a pair whose value is encoded already.
func (w *Writer) Encoded(value string) {
	if w.out.Len() > 0 {
		w.out.WriteString(w.opts.Sep)
	}
	w.out.WriteString(w.name)
	w.out.WriteString(w.opts.Eq)
	w.out.WriteString(value)
}

// String returns what is written.
func (w *Writer) String() string { return w.out.String() }
