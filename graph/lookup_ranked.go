package graph

import (
	"cmp"
	"slices"
	"strings"
)

// The rankings, from the indexes. How many claims each source makes, and how many are
// made on each statement, is counted from the keys of an index: of what can't be
// among the first, no claim is read.

// ranking is something to rank, with as many claims as it can count.
type ranking struct {
	node   uint64
	claims int
}

// counted counts the claims by what they have in one of the predicates, the most
// first; seldom leaves out what has fewer.
func (l *lookup) counted(seldom int, predicates ...string) ([]ranking, error) {
	counts := map[uint64]int{}
	for _, name := range predicates {
		p, err := l.node(name)
		if err != nil {
			return nil, err
		}
		err = l.edges(p, func(_, object uint64) error {
			counts[object]++
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	var list []ranking
	for node, n := range counts {
		if n >= seldom {
			list = append(list, ranking{node, n})
		}
	}
	slices.SortFunc(list, ranking.compare)
	return list, nil
}

func (r ranking) compare(other ranking) int {
	return cmp.Or(other.claims-r.claims, cmp.Compare(r.node, other.node))
}

// partial is an outline of some claims alone.
func partial() *outline {
	return &outline{claims: map[string]*outClaim{}, documents: map[string]*paper{}, about: map[string][]string{},
		links: map[string][]outLink{}, decisions: map[string]*Decision{}}
}

// include reads into o what rankings need of the claims that lie between the days that
// are asked for, and gives these.
func (l *lookup) include(o *outline, claims []string, a asked) ([]string, error) {
	kept := make([]string, 0, len(claims))
	if err := l.aheadNodes(slices.Clone(claims)); err != nil {
		return nil, err
	}
	for _, id := range claims {
		if a.since != "" || a.until != "" {
			claim, err := l.node(id)
			if err != nil {
				return nil, err
			}
			date, err := l.claimDate(claim)
			if err != nil {
				return nil, err
			}
			if !a.within(dayOf(date)) {
				continue
			}
		}
		c, err := l.includeHead(o, id)
		if err != nil {
			return nil, err
		}
		if c == nil {
			continue
		}
		kept = append(kept, id)
		if c.copyOf != "" {
			if _, err := l.includeHead(o, c.copyOf); err != nil {
				return nil, err
			}
		}
		if o.documents[c.document] == nil {
			date, err := l.date(c.document)
			if err != nil {
				return nil, err
			}
			o.documents[c.document] = &paper{date: date}
		}
		if a.review != "any" {
			if o.decisions[id], err = l.decision(id); err != nil {
				return nil, err
			}
		}
	}
	return kept, nil
}

func (l *lookup) includeHead(o *outline, id string) (*outClaim, error) {
	if c := o.claims[id]; c != nil {
		return c, nil
	}
	c, err := l.head(id)
	if err == nil && c != nil {
		o.claims[id] = c
	}
	return c, err
}

// speakers are outline.speakersOf, or of all sources at least the first most.
func (l *lookup) speakers(kinds []string, a asked, most int) ([]*speaker, error) {
	if a.about != "" {
		claims, err := l.claimsAbout(a.about)
		if err != nil {
			return nil, err
		}
		o := partial()
		claims, err = l.include(o, claims, a)
		return o.count(claims, kinds, a), err
	}
	sources, err := l.counted(1, Source)
	if err != nil {
		return nil, err
	}
	var list []*speaker
	least := 0 // claims of the last one that is asked for, at least
	for i, s := range sources {
		if i%max(most, 1) == 0 && len(list) >= max(most, 1) {
			slices.SortFunc(list, (*speaker).compare)
			least = list[max(most, 1)-1].claims
		}
		if s.claims < least {
			break
		}
		claims, err := l.claimsOf(s.node)
		if err != nil {
			return nil, err
		}
		o := partial()
		if claims, err = l.include(o, claims, a); err != nil {
			return nil, err
		}
		list = append(list, o.count(claims, kinds, a)...)
	}
	slices.SortFunc(list, (*speaker).compare)
	return list, nil
}

// claimsOf are the claims of a source.
func (l *lookup) claimsOf(source uint64) ([]string, error) {
	found := l.claimSet()
	if err := found.on([]uint64{source}, Source); err != nil {
		return nil, err
	}
	return found.names()
}

// disputes are outline.disputesOf, or at least the first most.
func (l *lookup) disputes(a asked, most int) ([]*dispute, error) {
	statements, err := l.disputable(a.about)
	if err != nil {
		return nil, err
	}
	var list []*dispute
	for i, s := range statements {
		if i > 0 && s.claims < statements[i-1].claims {
			slices.SortFunc(list, (*dispute).compare)
			if len(list) >= max(most, 1) && highestScore(s.claims) < list[max(most, 1)-1].score {
				break
			}
		}
		if i%rankedAhead == 0 {
			if err := l.aheadStatements(nodesOf(statements[i:min(len(statements), i+rankedAhead)])); err != nil {
				return nil, err
			}
		}
		o := partial()
		id, err := l.includeStatement(o, s, a)
		if err != nil {
			return nil, err
		}
		if id == "" {
			continue
		}
		if d := o.dispute(id, a); d != nil {
			list = append(list, d)
		}
	}
	slices.SortFunc(list, (*dispute).compare)
	return list, nil
}

// rankedAhead is how many statements are announced together.
const rankedAhead = 200

func nodesOf(list []ranking) []uint64 {
	nodes := make([]uint64, len(list))
	for i, r := range list {
		nodes[i] = r.node
	}
	return nodes
}

// highestScore is the highest that a statement with so many claims can have.
func highestScore(claims int) int {
	if claims > 50 {
		return 3 * claims
	}
	highest := 2 + claims // of one that only rivals dispute
	for oppose := range claims + 1 {
		for open := range claims - oppose + 1 {
			highest = max(highest, disputeScore(claims-oppose-open, oppose, open))
		}
	}
	return highest
}

// disputable are the statements that may have two sides, the most spoken of first:
// those with two claims or more, and those with rivals.
func (l *lookup) disputable(about string) ([]ranking, error) {
	if about != "" {
		return l.spokenOf(about)
	}
	list, err := l.counted(2, Content, Target, About)
	if err != nil {
		return nil, err
	}
	have := make(map[uint64]bool, len(list))
	for _, s := range list {
		have[s.node] = true
	}
	predicates, err := l.nodes(rivalry...)
	if err != nil {
		return nil, err
	}
	linking, err := l.nodes(RDFPredicate)
	if err != nil {
		return nil, err
	}
	links, err := l.follow(predicates, linking, true, -1)
	if err != nil {
		return nil, err
	}
	ends, err := l.nodes(RDFSubject, RDFObject)
	if err != nil {
		return nil, err
	}
	linked, err := l.follow(links, ends, false, -1)
	for _, s := range linked {
		if !have[s] {
			list = append(list, ranking{s, 1})
		}
	}
	return list, err
}

// spokenOf are the statements whose subject or object a node is.
func (l *lookup) spokenOf(iri string) ([]ranking, error) {
	node, err := l.nodes(iri)
	if err != nil {
		return nil, err
	}
	parts, err := l.nodes(RDFSubject, RDFObject)
	if err != nil {
		return nil, err
	}
	statements, err := l.follow(node, parts, true, -1)
	if err != nil {
		return nil, err
	}
	if err := l.aheadStatements(statements); err != nil {
		return nil, err
	}
	list := make([]ranking, 0, len(statements))
	for _, s := range statements {
		claims, err := l.around(s)
		if err != nil {
			return nil, err
		}
		if len(claims) == 1 {
			rivals, err := l.rivals(s)
			if err != nil {
				return nil, err
			}
			if len(rivals) == 0 {
				continue
			}
		}
		if len(claims) > 0 {
			list = append(list, ranking{s, len(claims)})
		}
	}
	slices.SortFunc(list, ranking.compare)
	return list, nil
}

// around gives the claims on a statement.
func (l *lookup) around(statement uint64) ([]uint64, error) {
	found := l.claimSet()
	err := found.on([]uint64{statement}, Content, Target, About)
	return found.list, err
}

// rivals are the links between a statement and its rivals.
func (l *lookup) rivals(statement uint64) (rivals []outLink, err error) {
	add := func(predicate string, other uint64) error {
		o, err := l.iri(other)
		if strings.HasPrefix(o, "hs:prop/") && other != statement {
			rivals = append(rivals, outLink{predicate, o})
		}
		return err
	}
	for _, name := range rivalry {
		if err := l.into(statement, name, func(other, _ uint64) error { return add(name, other) }); err != nil {
			return nil, err
		}
		p, err := l.node(name)
		if err != nil {
			return nil, err
		}
		others, err := l.objects(statement, p)
		if err != nil {
			return nil, err
		}
		for _, other := range others {
			if err := add(name, other); err != nil {
				return nil, err
			}
		}
	}
	return rivals, nil
}

// aheadStatements says that rankings will ask for these.
func (l *lookup) aheadStatements(list []uint64) error {
	if err := l.aheadOf(list, append([]string{Content, Target, About}, rivalry...)...); err != nil {
		return err
	}
	return l.ahead(list)
}

// includeStatement reads into o what is said of a statement and its rivals, and gives
// its name, "" for what is no statement.
func (l *lookup) includeStatement(o *outline, s ranking, a asked) (string, error) {
	id, err := l.iri(s.node)
	if err != nil || !strings.HasPrefix(id, "hs:prop/") {
		return "", err
	}
	claims, err := l.around(s.node)
	if err != nil {
		return "", err
	}
	if o.links[id], err = l.rivals(s.node); err != nil {
		return "", err
	}
	var names []string
	for _, c := range claims {
		name, err := l.iri(c)
		if err != nil {
			return "", err
		}
		names = append(names, name)
	}
	o.about[id], err = l.include(o, names, a)
	return id, err
}
