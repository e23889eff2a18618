package graph

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"hearsay/ingest/news"
)

// Verdict is what an analyst decides of a claim or of a merge.
type Verdict string

// The verdicts.
const (
	Accept  Verdict = "accept"
	Reject  Verdict = "reject"
	Correct Verdict = "correct" // it is there, but says something else: see Decision.Stance and Source
)

// Decision is what an analyst decided of a claim, a proposition, or of what was
// merged into an entity. It stands apart from what was read: the claim and its
// own certainty stay as they are. The last decision on a node is the current one.
type Decision struct {
	ID          string      `json:"id"`     // hs:decision/ and 20 hexadecimal digits; Decide sets it
	Target      string      `json:"target"` // IRI of what is decided
	Verdict     Verdict     `json:"verdict"`
	Note        string      `json:"note,omitempty"`
	Reliability string      `json:"reliability,omitempty"` // of the source, A to F after the Admiralty code, "" where not graded
	Credibility string      `json:"credibility,omitempty"` // of the information, 1 to 6 after the Admiralty code, "" where not graded
	Stance      news.Stance `json:"stance,omitempty"`      // what the stance should be, for Correct
	Source      string      `json:"source,omitempty"`      // IRI of who really speaks, for Correct
	By          string      `json:"by,omitempty"`          // who decided, "" for nobody named
	Time        time.Time   `json:"time"`                  // when, to the second; Decide takes now for zero
}

// Grade is the Admiralty grade as analysts write it, such as B2.
func (d *Decision) Grade() string { return d.Reliability + d.Credibility }

// ErrDecision is wrapped by the errors of decisions that say nothing sensible.
var ErrDecision = errors.New("decision")

// check says what is wrong with a decision.
func (d *Decision) check() error {
	switch d.Verdict {
	case Accept, Reject:
		if d.Stance != "" || d.Source != "" {
			return fmt.Errorf("verdict %s with another stance or source: that is %s", d.Verdict, Correct)
		}
	case Correct:
		if d.Stance == "" && d.Source == "" && d.Note == "" {
			return fmt.Errorf("verdict %s: want the right stance or source, or a note", d.Verdict)
		}
	default:
		return fmt.Errorf("verdict %q: want %s, %s or %s", d.Verdict, Accept, Reject, Correct)
	}
	if d.Reliability != "" && (len(d.Reliability) != 1 || !strings.Contains("ABCDEF", d.Reliability)) {
		return fmt.Errorf("reliability %q: want A to F", d.Reliability)
	}
	if d.Credibility != "" && (len(d.Credibility) != 1 || !strings.Contains("123456", d.Credibility)) {
		return fmt.Errorf("credibility %q: want 1 to 6", d.Credibility)
	}
	if d.Stance != "" && !knownStance(d.Stance) {
		return fmt.Errorf("stance %q is none: want one of %s", d.Stance, stanceList())
	}
	return nil
}

func knownStance(s news.Stance) bool {
	for _, k := range news.Stances {
		if k == s {
			return true
		}
	}
	return false
}

func stanceList() string {
	var names []string
	for _, s := range news.Stances {
		names = append(names, string(s))
	}
	return strings.Join(names, " ")
}

// Decide stores a decision beside the earlier ones on the same node. A target
// that isn't in the store gives an error that wraps ErrNotFound.
func (s *Store) Decide(ctx context.Context, d Decision) (Decision, error) {
	d.Target = strings.TrimSuffix(strings.TrimPrefix(d.Target, "<"), ">")
	if err := d.check(); err != nil {
		return d, fmt.Errorf("%w on %s: %w", ErrDecision, d.Target, err)
	}
	unlock, err := s.lock(ctx)
	if err != nil {
		return d, err
	}
	defer unlock()
	if err := s.dateDecision(ctx, &d); err != nil {
		return d, err
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{d.Target, string(d.Verdict), d.Note, d.Grade(), string(d.Stance), d.Source, d.By, formatTime(d.Time)}, "\x00")))
	d.ID = "hs:decision/" + hex.EncodeToString(sum[:10])
	err = s.view(ctx, func(qs cayley.QuadStore) error {
		found := false
		err := eachQuad(ctx, qs, quad.Subject, safeIRI(d.Target), func(quad.Quad) error {
			found = true
			return nil
		})
		if err == nil && !found {
			err = ErrNotFound
		}
		return err
	})
	if err == nil {
		err = s.apply(ctx, nil, d.quads())
	}
	if err != nil {
		return d, fmt.Errorf("decide on %s: %w", d.Target, err)
	}
	return d, nil
}

// dateDecision dates a decision that has no time: now, but later than those on
// the same node, so that the last one is the last.
func (s *Store) dateDecision(ctx context.Context, d *Decision) error {
	if d.Time.IsZero() {
		d.Time = time.Now()
		earlier, err := s.Decisions(ctx, d.Target)
		if err != nil {
			return err
		}
		if n := len(earlier); n > 0 && !d.Time.Truncate(time.Second).After(earlier[n-1].Time) {
			d.Time = earlier[n-1].Time.Add(time.Second)
		}
	}
	d.Time = d.Time.UTC().Truncate(time.Second)
	return nil
}

func (d *Decision) quads() []quad.Quad {
	var quads []quad.Quad
	add := func(p string, o quad.Value) {
		quads = append(quads, quad.Quad{Subject: quad.IRI(d.ID), Predicate: quad.IRI(p), Object: o, Label: quad.IRI(LabelDecisions)})
	}
	add(RDFType, quad.IRI(DecisionClass))
	add(Decides, safeIRI(d.Target))
	add(VerdictOf, quad.String(d.Verdict))
	add(DecidedAt, quad.Time(d.Time))
	for _, text := range []struct{ predicate, text string }{
		{NoteOf, d.Note}, {Reliability, d.Reliability}, {Credibility, d.Credibility}, {DecidedBy, d.By}} {
		if text.text != "" {
			add(text.predicate, safeText(text.text))
		}
	}
	if d.Stance != "" {
		add(RightStance, quad.IRI(StancePredicate(d.Stance)))
	}
	if d.Source != "" {
		add(RightSource, safeIRI(d.Source))
	}
	return sortQuads(quads)
}

// Decisions are all decisions, the earliest first; on one node alone where
// target isn't "".
func (s *Store) Decisions(ctx context.Context, target string) ([]Decision, error) {
	byID := map[quad.Value]*Decision{}
	err := s.view(ctx, func(qs cayley.QuadStore) error {
		return eachQuad(ctx, qs, quad.Label, quad.IRI(LabelDecisions), func(q quad.Quad) error {
			decided(byID, q)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list decisions: %w", err)
	}
	list := []Decision{}
	for _, d := range byID {
		if target == "" || d.Target == strings.Trim(target, "<>") {
			list = append(list, *d)
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].before(&list[j]) })
	return list, nil
}

// before reports whether d was made before other.
func (d *Decision) before(other *Decision) bool {
	if !d.Time.Equal(other.Time) {
		return d.Time.Before(other.Time)
	}
	return d.ID < other.ID
}

// decided adds a quad of LabelDecisions to the decisions by their nodes.
func decided(byID map[quad.Value]*Decision, q quad.Quad) {
	d := byID[q.Subject]
	if d == nil {
		iri, _ := q.Subject.(quad.IRI)
		d = &Decision{ID: string(iri)}
		byID[q.Subject] = d
	}
	d.set(q)
}

func (d *Decision) set(q quad.Quad) {
	p, _ := q.Predicate.(quad.IRI)
	switch o := q.Object.(type) {
	case quad.IRI:
		switch string(p) {
		case Decides:
			d.Target = string(o)
		case RightStance:
			d.Stance = news.Stance(strings.TrimPrefix(string(o), "hs:"))
		case RightSource:
			d.Source = string(o)
		}
	case quad.Time:
		d.Time = time.Time(o)
	case quad.String:
		switch string(p) {
		case VerdictOf:
			d.Verdict = Verdict(o)
		case NoteOf:
			d.Note = string(o)
		case Reliability:
			d.Reliability = string(o)
		case Credibility:
			d.Credibility = string(o)
		case DecidedBy:
			d.By = string(o)
		}
	}
}
