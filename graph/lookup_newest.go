package graph

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

// What is limited to so many claims, the latest, is read from the latest on, no
// further than is needed: claims are put into order by the dates of their documents,
// which the keys of an index name, and are looked at only then. Where very many are
// asked for, the documents are gone through instead.

// newestPart is about how many claims are given at a time.
const newestPart = 100

// newestFirst gives claims from the latest day on.
type newestFirst interface {
	// next gives the claims of some more days, those of one day by their names; none
	// at the end.
	next() ([]string, error)
}

// datedNode is a claim or a document with its date.
type datedNode struct {
	date string
	id   uint64
}

func (n datedNode) compare(other datedNode) int {
	return cmp.Or(cmp.Compare(other.date, n.date), cmp.Compare(n.id, other.id))
}

// datedClaims are claims in order; dates are days.
type datedClaims struct {
	l       *lookup
	claims  []datedNode
	at      int      // the next one
	stances []uint64 // only claims with one of these, none for any
}

func (d *datedClaims) next() ([]string, error) {
	var list []string
	for d.at < len(d.claims) && len(list) < newestPart {
		from, day := len(list), d.claims[d.at].date
		for ; d.at < len(d.claims) && d.claims[d.at].date == day; d.at++ {
			if err := d.announce(); err != nil {
				return nil, err
			}
			is, err := d.l.stands(d.claims[d.at].id, d.stances)
			if err != nil {
				return nil, err
			}
			if !is {
				continue
			}
			iri, err := d.l.iri(d.claims[d.at].id)
			if err != nil {
				return nil, err
			}
			list = append(list, iri)
		}
		slices.Sort(list[from:])
	}
	return list, nil
}

// announce says which claims will be asked about.
func (d *datedClaims) announce() error {
	if d.at%newestPart != 0 || len(d.stances) == 0 {
		return nil
	}
	var list []uint64
	for _, c := range d.claims[d.at:min(len(d.claims), d.at+newestPart)] {
		list = append(list, c.id)
	}
	return d.l.ahead(list)
}

// stands reports whether a claim has one of the stances, or there are none.
func (l *lookup) stands(claim uint64, stances []uint64) (bool, error) {
	if len(stances) == 0 {
		return true, nil
	}
	p, err := l.node(StanceOf)
	if err != nil {
		return false, err
	}
	return l.has(claim, []uint64{p}, stances)
}

// dated puts claims into order, those of the days that are wanted.
func (l *lookup) dated(claims []uint64, wanted func(day string) bool, stances []uint64) (*datedClaims, error) {
	d := &datedClaims{l: l, stances: stances}
	if err := l.aheadDates(claims); err != nil {
		return nil, err
	}
	for _, id := range claims {
		date, err := l.claimDate(id)
		if err != nil {
			return nil, err
		}
		if day := dayOf(date); wanted(day) {
			d.claims = append(d.claims, datedNode{day, id})
		}
	}
	slices.SortFunc(d.claims, datedNode.compare)
	return d, nil
}

// newestDocuments are those with a date between two days, the latest first.
func (l *lookup) newestDocuments(span asked) ([]datedNode, error) {
	p, err := l.node(DatePublished)
	if err != nil || p == 0 {
		return nil, err
	}
	var list []datedNode
	err = l.edges(p, func(document, date uint64) error {
		v, err := l.value(date)
		if err != nil {
			return err
		}
		if date := plainText(v); span.within(dayOf(date)) {
			list = append(list, datedNode{date, document})
		}
		return nil
	})
	slices.SortFunc(list, datedNode.compare)
	return list, err
}

// walk goes through documents, the latest first, for claims that have one of the values
// in one of the predicates.
type walk struct {
	l                  *lookup
	span               asked
	documents          []datedNode
	at                 int      // the next document
	predicates, values []uint64 // no values: any claim
	stances            []uint64 // as of datedClaims
	rest               *datedClaims
}

// maxWalked is how many documents are gone through before the claims that are left are
// put into order after all: few of those seen were what is asked for.
const maxWalked = 2000

func (w *walk) next() ([]string, error) {
	var list []string
	for w.rest == nil && w.at < len(w.documents) && len(list) < newestPart {
		from, day := len(list), dayOf(w.documents[w.at].date)
		for ; w.at < len(w.documents) && dayOf(w.documents[w.at].date) == day; w.at++ {
			claims, err := w.in(w.documents[w.at].id)
			if err != nil {
				return nil, err
			}
			list = append(list, claims...)
		}
		slices.Sort(list[from:])
		if list = slices.Compact(list); w.at > maxWalked && len(w.values) > 0 {
			break
		}
	}
	if len(list) > 0 || len(w.values) == 0 {
		return list, nil
	}
	if w.rest == nil {
		if err := w.leave(); err != nil {
			return nil, err
		}
	}
	return w.rest.next()
}

// leave puts the claims into order that were not come to, those without a date
// included.
func (w *walk) leave() error {
	claims, err := w.l.follow(w.values, w.predicates, true, -1)
	if err != nil {
		return err
	}
	w.rest, err = w.l.dated(claims, func(day string) bool {
		return w.span.within(day) && (w.at == 0 || day < dayOf(w.documents[w.at-1].date))
	}, w.stances)
	return err
}

// in are the claims of one document.
func (w *walk) in(document uint64) (list []string, err error) {
	err = w.l.labelled(document, w.predicates, func(claim, value uint64) error {
		wanted := slices.Contains(w.values, value)
		if len(w.values) == 0 {
			iri, err := w.l.iri(value)
			if err != nil {
				return err
			}
			wanted = strings.HasPrefix(iri, "hs:claim/")
		}
		if wanted {
			is, err := w.l.stands(claim, w.stances)
			if err != nil {
				return err
			}
			wanted = is
		}
		if !wanted {
			return nil
		}
		iri, err := w.l.iri(claim)
		if strings.HasPrefix(iri, "hs:claim/") {
			w.l.labelOf[claim] = document
			list = append(list, iri)
		}
		return err
	})
	return list, err
}

// manyClaims is from how many claims on the documents are gone through.
const manyClaims = 4000

// newestWith are the claims that have one of the values in one of the predicates, or
// without values any claim.
func (l *lookup) newestWith(predicates, values []quad.Value, span asked, stances []uint64) (newestFirst, error) {
	w := &walk{l: l, span: span, stances: stances}
	for _, list := range []struct {
		of  []quad.Value
		ids *[]uint64
	}{{predicates, &w.predicates}, {values, &w.values}} {
		for _, v := range list.of {
			id, err := l.id(v)
			if err != nil {
				return nil, err
			}
			if id != 0 {
				*list.ids = append(*list.ids, id)
			}
		}
	}
	if len(values) > 0 {
		claims, err := l.follow(w.values, w.predicates, true, int64(l.many))
		if err != nil {
			return nil, err
		}
		if len(claims) < l.many {
			return l.dated(claims, span.within, stances)
		}
	}
	var err error
	w.documents, err = l.newestDocuments(span)
	return w, err
}

// newest gives the next claims of a kind, from the latest on: args[0] is "about" or
// "of" a node args[1], or "with" the predicates args[1] and the values args[2]; args[3]
// and args[4] are days, and where args[5] is true it begins anew, with the stances
// args[6], null for any. It gives [] at the end, and null where all claims have to be
// looked at.
func (n *natives) newest(args []any) (any, error) {
	if len(args) < 7 {
		return nil, nil
	}
	kind := textOf(args[0])
	if n.kept != nil && kind != "with" {
		return nil, nil // it has them in memory
	}
	if args[5] == true {
		span := asked{since: dayOf(textOf(args[3])), until: dayOf(textOf(args[4]))}
		stances, err := n.idsOf(args[6])
		if err != nil {
			return nil, err
		}
		if n.from, err = n.read.newestOf(kind, args[1], args[2], span, stances); err != nil {
			return nil, err
		}
	}
	if n.from == nil {
		return nil, nil
	}
	list, err := n.from.next()
	if w, ok := n.from.(*walk); ok && len(list) == 0 && len(w.values) == 0 && w.span == (asked{}) {
		return nil, err // some may have no date
	}
	return bracketedAll(list), err
}

func (l *lookup) newestOf(kind string, what, values any, span asked, stances []uint64) (newestFirst, error) {
	if kind == "with" {
		var of []quad.Value
		if values != nil {
			of = terms(values)
		}
		return l.newestWith(terms(what), of, span, stances)
	}
	node, err := l.node(bare(textOf(what)))
	if err != nil {
		return nil, err
	}
	found := l.claimSet()
	if kind == "of" {
		err = found.on([]uint64{node}, Source)
	} else {
		err = found.about(node)
	}
	if err != nil {
		return nil, err
	}
	return l.dated(found.list, span.within, stances)
}

// latestDocuments gives the args[0] latest documents between the days args[1] and
// args[2], null where there are fewer with a date.
func (n *natives) latestDocuments(args []any) (any, error) {
	if len(args) < 3 {
		return nil, nil
	}
	most, ok := args[0].(int64)
	if !ok || most <= 0 {
		return nil, nil
	}
	list, err := n.read.newestDocuments(asked{since: dayOf(textOf(args[1])), until: dayOf(textOf(args[2]))})
	if err != nil || int64(len(list)) < most {
		return nil, err
	}
	types, err := n.read.nodes(RDFType)
	if err != nil {
		return nil, err
	}
	documents, err := n.read.nodes(Document)
	if err != nil || len(documents) == 0 {
		return nil, err
	}
	out, date := []any{}, ""
	for _, d := range list {
		if int64(len(out)) >= most && d.date != date {
			return out, nil
		}
		is, err := n.read.has(d.id, types, documents)
		if err != nil {
			return nil, err
		}
		iri, err := n.read.iri(d.id)
		if err != nil {
			return nil, err
		}
		if is {
			out, date = append(out, "<"+iri+">"), d.date
		}
	}
	if int64(len(out)) < most {
		return nil, nil
	}
	return out, nil
}
