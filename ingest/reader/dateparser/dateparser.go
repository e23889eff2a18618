// Package dateparser stands in for github.com/markusmobius/go-dateparser, which
// go-htmldate imports for its extensive search. The reader switches that search
// off, since it guesses dates; the real package would all the same build its
// tables of every language at each start of the program: 0.2 s and 78 MB. The
// main module's go.mod puts this package in its place.
package dateparser

import (
	"errors"
	"time"
)

// ParserType names a way to read dates.
type ParserType int

// The ways that go-htmldate asks for.
const (
	CustomFormat ParserType = iota
	AbsoluteTime
)

// PreferredDateSource says whether a date without a year lies behind or ahead.
type PreferredDateSource int

// Past is the source that go-htmldate asks for.
const Past PreferredDateSource = 1

// Configuration is accepted and not read.
type Configuration struct {
	PreferredDateSource PreferredDateSource
	StrictParsing       bool
	Languages           []string
	Locales             []string
	Region              string
}

// Date is a date that was read.
type Date struct{ Time time.Time }

// IsZero reports whether no date was read.
func (d Date) IsZero() bool { return d.Time.IsZero() }

// Parser reads no date.
type Parser struct{ ParserTypes []ParserType }

// Parse refuses every date.
func (*Parser) Parse(*Configuration, string, ...string) (Date, error) {
	return Date{}, errors.New("dates in running text are not searched for")
}
