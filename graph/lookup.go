package graph

import (
	"context"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// indexes answer small questions about a snapshot, by ids that hold as long as it
// does: what stands in a place of quads two of whose values are known. No path is
// planned.
type indexes interface {
	// id is a value's, 0 for one that the store hasn't.
	id(v quad.Value) (uint64, error)
	// value is what an id stands for.
	value(id uint64) (quad.Value, error)
	// subjects calls fn with each node that has the object in the predicate, and with
	// the label of a quad that says so, until fn gives false.
	subjects(object, predicate uint64, fn func(subject, label uint64) (bool, error)) error
	// objects are the different ones that a node has in the predicate.
	objects(subject, predicate uint64) ([]uint64, error)
	// properties calls fn with each predicate of a node and its different objects, or
	// with those of these predicates.
	properties(subject uint64, fn func(predicate uint64, objects []uint64) error, predicates ...uint64) error
	// has reports whether a node has one of the objects in one of the predicates, or
	// any where objects is nil.
	has(subject uint64, predicates, objects []uint64) (bool, error)
	// predicates are those of the edges out of a node or, in, into it.
	predicates(node uint64, in bool) ([]uint64, error)
	// labelled calls fn with the subject and object of each quad that has the label and
	// one of the predicates, edges with those of each quad that has the predicate.
	labelled(label uint64, predicates []uint64, fn func(subject, object uint64) error) error
	edges(predicate uint64, fn func(subject, object uint64) error) error

	// batched reports whether something is gained by reading ahead.
	batched() bool
	// ahead says that the properties of these nodes will be asked for, or those in these
	// predicates; aheadInto that the subjects of objects in predicates will be.
	ahead(subjects []uint64, predicates ...uint64) error
	aheadInto(objects, predicates []uint64) error
}

// indexed is a snapshot that has indexes.
type indexed interface {
	cayley.QuadStore
	indexes(ctx context.Context) indexes
}

// lookup answers what is asked of claims and documents from indexes.
type lookup struct {
	indexes
	ids     map[string]uint64 // of nodes met so far, by IRI; 0 for one that the store hasn't
	iris    map[uint64]string // the other way round
	days    map[uint64]string // of documents, by id
	labelOf map[uint64]uint64 // the label of a quad that each claim met so far stands in
	many    int               // see manyClaims
	papers  map[string]*paper
	labels  map[string]string
}

func newLookup(x indexes) *lookup {
	return &lookup{indexes: x, ids: map[string]uint64{}, iris: map[uint64]string{}, days: map[uint64]string{}, labelOf: map[uint64]uint64{}, many: manyClaims,
		papers: map[string]*paper{}, labels: map[string]string{}}
}

// node is the id of an IRI, 0 for one that the store hasn't.
func (l *lookup) node(iri string) (uint64, error) {
	if id, ok := l.ids[iri]; ok {
		return id, nil
	}
	id, err := l.id(quad.IRI(iri))
	if err == nil {
		l.ids[iri] = id
	}
	return id, err
}

// iri is a node's, "" for what is no IRI.
func (l *lookup) iri(id uint64) (string, error) {
	if iri, ok := l.iris[id]; ok {
		return iri, nil
	}
	v, err := l.value(id)
	if err != nil {
		return "", err
	}
	iri, ok := v.(quad.IRI)
	if ok {
		l.ids[string(iri)] = id
	}
	l.iris[id] = string(iri)
	return string(iri), nil
}

// nodes are the ids of those of the IRIs that the store has.
func (l *lookup) nodes(iris ...string) ([]uint64, error) {
	list := make([]uint64, 0, len(iris))
	for _, iri := range iris {
		id, err := l.node(iri)
		if err != nil {
			return nil, err
		}
		if id != 0 {
			list = append(list, id)
		}
	}
	return list, nil
}

// aheadNodes is ahead by the names of nodes and predicates; nodes that are "" are left
// out.
func (l *lookup) aheadNodes(iris []string, predicates ...string) error {
	if !l.batched() {
		return nil
	}
	list, err := l.nodes(slices.DeleteFunc(iris, func(iri string) bool { return iri == "" })...)
	if err != nil {
		return err
	}
	of, err := l.nodes(predicates...)
	if err != nil {
		return err
	}
	return l.ahead(list, of...)
}
