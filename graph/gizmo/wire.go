package gizmo

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/cayleygraph/quad"
)

// Between the program and the process that runs scripts go JSON messages: the
// process asks, the program answers.

// order starts a script.
type order struct {
	Script, Library string
	Params          json.RawMessage
	Memory          uint64
}

// question is what the process asks for.
type question struct {
	Op    string // rows, each, next, close, count, emit or done
	Path  *Path  `json:",omitempty"`
	Tags  bool   `json:",omitempty"`
	Limit int    `json:",omitempty"`
	Walk  int    `json:",omitempty"` // the walk to go on with, or to end
	Row   any    `json:",omitempty"`
	Err   *fault `json:",omitempty"` // of done
}

// answer is what the program says.
type answer struct {
	Walk  int                 `json:",omitempty"`
	Rows  []map[string]string `json:",omitempty"` // values by encodeValue
	More  bool                `json:",omitempty"`
	Count int64               `json:",omitempty"`
	Err   *fault              `json:",omitempty"`
}

// fault is an error on its way.
type fault struct {
	Kind         string `json:",omitempty"` // stopped, timeout, memory or script
	Line, Column int    `json:",omitempty"`
	Message      string
}

func toFault(err error) *fault {
	var e *Error
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errStopped):
		return &fault{Kind: "stopped"}
	case errors.Is(err, ErrMemory):
		return &fault{Kind: "memory"}
	case errors.Is(err, ErrTimeout):
		return &fault{Kind: "timeout"}
	case errors.As(err, &e):
		return &fault{"script", e.Line, e.Column, e.Message}
	}
	return &fault{Message: err.Error()}
}

func (f *fault) error() error {
	switch {
	case f == nil:
		return nil
	case f.Kind == "stopped":
		return errStopped
	case f.Kind == "memory":
		return ErrMemory
	case f.Kind == "timeout":
		return ErrTimeout
	case f.Kind == "script":
		return &Error{f.Line, f.Column, f.Message}
	}
	return errors.New(f.Message)
}

// MarshalText writes a term as a letter for its kind and its text.
func (t Term) MarshalText() ([]byte, error) {
	switch v := t.Value.(type) {
	case nil:
		return []byte("-"), nil
	case quad.IRI:
		return []byte("I" + string(v)), nil
	case quad.BNode:
		return []byte("B" + string(v)), nil
	case quad.String:
		return []byte("S" + string(v)), nil
	case quad.LangString:
		return []byte("L" + v.Lang + " " + string(v.Value)), nil
	case quad.TypedString:
		return []byte("T" + string(v.Type) + " " + string(v.Value)), nil
	case quad.Int:
		return []byte("i" + strconv.FormatInt(int64(v), 10)), nil
	case quad.Float:
		return []byte("f" + strconv.FormatFloat(float64(v), 'g', -1, 64)), nil
	case quad.Bool:
		return []byte("b" + strconv.FormatBool(bool(v))), nil
	case quad.Time:
		return []byte("t" + time.Time(v).UTC().Format(time.RFC3339Nano)), nil
	}
	return nil, fmt.Errorf("term of type %T", t.Value)
}

// UnmarshalText reads what MarshalText writes.
func (t *Term) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		return errors.New("empty term")
	}
	text := string(b[1:])
	switch b[0] {
	case '-':
		t.Value = nil
	case 'I':
		t.Value = quad.IRI(text)
	case 'B':
		t.Value = quad.BNode(text)
	case 'S':
		t.Value = quad.String(text)
	case 'L':
		lang, val, _ := strings.Cut(text, " ")
		t.Value = quad.LangString{Value: quad.String(val), Lang: lang}
	case 'T':
		typ, val, _ := strings.Cut(text, " ")
		t.Value = quad.TypedString{Value: quad.String(val), Type: quad.IRI(typ)}
	default:
		v, err := decodeValue(string(b))
		if err != nil {
			return err
		}
		switch v := v.(type) {
		case int64:
			t.Value = quad.Int(v)
		case float64:
			t.Value = quad.Float(v)
		case bool:
			t.Value = quad.Bool(v)
		case time.Time:
			t.Value = quad.Time(v)
		}
	}
	return nil
}

// encodeValue writes a value of a row, with a letter for its type.
func encodeValue(v any) string {
	switch v := v.(type) {
	case string:
		return "s" + v
	case int64:
		return "i" + strconv.FormatInt(v, 10)
	case int:
		return "i" + strconv.Itoa(v)
	case float64:
		return "f" + strconv.FormatFloat(v, 'g', -1, 64)
	case bool:
		return "b" + strconv.FormatBool(v)
	case time.Time:
		return "t" + v.UTC().Format(time.RFC3339Nano)
	}
	b, err := json.Marshal(v)
	if err != nil {
		return "jnull"
	}
	return "j" + string(b)
}

// decodeValue reads what encodeValue writes.
func decodeValue(s string) (any, error) {
	if s == "" {
		return nil, errors.New("empty value")
	}
	switch text := s[1:]; s[0] {
	case 's':
		return text, nil
	case 'i':
		return strconv.ParseInt(text, 10, 64)
	case 'f':
		return strconv.ParseFloat(text, 64)
	case 'b':
		return strconv.ParseBool(text)
	case 't':
		return time.Parse(time.RFC3339Nano, text)
	case 'j':
		return decodeJSON([]byte(text))
	}
	return nil, fmt.Errorf("value of kind %q", s[0])
}

// decodeJSON reads JSON with whole numbers as int64.
func decodeJSON(b []byte) (any, error) {
	dec := json.NewDecoder(strings.NewReader(string(b)))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	return numbers(v), nil
}

func numbers(v any) any {
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		f, err := v.Float64()
		if err != nil {
			return v.String()
		}
		return f
	case []any:
		for i := range v {
			v[i] = numbers(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = numbers(v[k])
		}
	}
	return v
}
