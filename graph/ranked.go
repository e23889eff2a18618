package graph

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"hearsay/ingest/news"
)

// ranked keeps the two rankings over the whole graph that pages ask for again and
// again, each for as long as its outline lives and no decision is made.
type ranked struct {
	mu       sync.Mutex
	speakers map[string][]*speaker // by what was asked for
	disputes map[string][]*dispute
}

// keep gives what map m has under the key, or works it out and, where the key
// isn't "", puts it there.
func keep[T any](r *ranked, m *map[string][]T, key string, work func() []T) []T {
	if key == "" {
		return work()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	list, ok := (*m)[key]
	if !ok {
		list = work()
		if *m == nil {
			*m = map[string][]T{}
		}
		(*m)[key] = list
	}
	return list
}

// asked is what a ranking is limited to; "" is no limit.
type asked struct {
	about        string // a node
	since, until string // days
	review       string // any, accepted, not-rejected or undecided
}

// wants reads what the library's ranked passes on: about, since, until, review and
// the number of rows; !ok where only the library can tell what that means.
func wants(args []any) (a asked, most int, ok bool) {
	if len(args) < 5 {
		return a, 0, false
	}
	n, ok := args[4].(int64)
	a = asked{about: bare(textOf(args[0])), since: dayOf(textOf(args[1])), until: dayOf(textOf(args[2])), review: cmp.Or(textOf(args[3]), "any")}
	return a, int(n), ok && n >= 0
}

// speakers are the rows of queries/sources.js but for names: args[5] are the kinds
// of sources.
func (n *natives) speakers(args []any) (any, error) {
	a, most, ok := wants(args)
	if !ok || len(args) < 6 {
		return nil, nil
	}
	var kinds []string
	list, _ := args[5].([]any)
	for _, v := range list {
		kinds = append(kinds, textOf(v))
	}
	o := n.kept
	if o == nil {
		all, err := n.read.speakers(kinds, a, most)
		return rowsOf(all, most, (*speaker).row), err
	}
	all := keep(o.ranked, &o.ranked.speakers, a.key(strings.Join(kinds, " ")+" "), func() []*speaker { return o.speakersOf(kinds, a) })
	return rowsOf(all, most, (*speaker).row), nil
}

// disputes are the rows of queries/disputes.js but for names.
func (n *natives) disputes(args []any) (any, error) {
	a, most, ok := wants(args)
	if !ok {
		return nil, nil
	}
	o := n.kept
	if o == nil {
		all, err := n.read.disputes(a, most)
		return rowsOf(all, most, (*dispute).row), err
	}
	all := keep(o.ranked, &o.ranked.disputes, a.key(""), func() []*dispute { return o.disputesOf(a) })
	return rowsOf(all, most, (*dispute).row), nil
}

// textOf is a script's text, "" for null.
func textOf(v any) string {
	s, _ := v.(string)
	return s
}

func rowsOf[T any](list []T, most int, row func(T) map[string]any) []any {
	rows := make([]any, 0, min(len(list), most))
	for _, x := range list[:cap(rows)] {
		rows = append(rows, row(x))
	}
	return rows
}

// key names the answer for keeping: only those on the whole graph are kept, of
// which there are few.
func (a asked) key(prefix string) string {
	if a.about != "" || a.since != "" || a.until != "" {
		return ""
	}
	return prefix + a.review
}

func dayOf(date string) string { return date[:min(len(date), len("2006-01-02"))] }

// within is hs.within.
func (a asked) within(day string) bool {
	return (a.since == "" || day != "" && day >= a.since) && (a.until == "" || day != "" && day <= a.until)
}

// reviewed is hs.reviewed.
func (o *outline) reviewed(id, review string) bool {
	if review == "any" {
		return true
	}
	var verdict Verdict
	if d := o.decisions[id]; d != nil {
		verdict = d.Verdict
	}
	switch review {
	case "undecided":
		return verdict == ""
	case "accepted":
		return verdict == Accept || verdict == Correct
	}
	return verdict != Reject
}

// voiceOf is a claim's source; a voice without a name in a copy is the first one's.
func (o *outline) voiceOf(c *outClaim) string {
	if first := o.claims[c.copyOf]; first != nil && c.kind != "named" {
		return first.source
	}
	return c.source
}

// coarse are the stances that speakers are counted by.
var coarse = [...]string{"support", "oppose", "uncommitted", "no-comment", "directive"}

// sideOf is hs.side: a stance as one of coarse, "" for what is no stance.
func sideOf(stance string) string {
	if s := news.Stance(stance); slices.Contains(news.Stances[:], s) {
		return s.Coarse()
	}
	return ""
}

// speaker is a source with its claims by side, in how many documents and from
// which day to which.
type speaker struct {
	source            string
	claims, documents int
	sides             [len(coarse)]int
	first, last       string
}

func (s *speaker) row() map[string]any {
	row := map[string]any{"source": bracketed(s.source), "claims": int64(s.claims), "documents": int64(s.documents), "first": orNil(s.first), "last": orNil(s.last)}
	for i, side := range coarse {
		row[strings.ReplaceAll(side, "-", "_")] = int64(s.sides[i])
	}
	return row
}

// speakersOf counts the claims of sources of these kinds, the most quoted first.
func (o *outline) speakersOf(kinds []string, a asked) []*speaker {
	var claims []string
	if a.about != "" {
		claims = o.claimsAbout(a.about)
	} else {
		for _, kind := range kinds {
			claims = append(claims, o.byKind[kind]...)
		}
	}
	return o.count(claims, kinds, a)
}

// count counts claims by their sources.
func (o *outline) count(claims, kinds []string, a asked) []*speaker {
	by, seen := map[string]*speaker{}, map[[2]string]bool{}
	for _, id := range claims {
		c := o.claims[id]
		day := dayOf(o.date(c.document))
		if c.copyOf != "" || !slices.Contains(kinds, c.kind) || !a.within(day) || !o.reviewed(id, a.review) {
			continue
		}
		s := by[c.source]
		if s == nil {
			s = &speaker{source: c.source}
			by[c.source] = s
		}
		s.claims++
		if i := slices.Index(coarse[:], sideOf(c.stance)); i >= 0 {
			s.sides[i]++
		}
		if at := [2]string{c.source, c.document}; !seen[at] {
			seen[at] = true
			s.documents++
		}
		if day != "" && (s.first == "" || day < s.first) {
			s.first = day
		}
		s.last = max(s.last, day)
	}
	list := make([]*speaker, 0, len(by))
	for _, s := range by {
		list = append(list, s)
	}
	slices.SortFunc(list, (*speaker).compare)
	return list
}

func (s *speaker) compare(other *speaker) int {
	return cmp.Or(other.claims-s.claims, strings.Compare(s.source, other.source))
}

// dispute is a statement with who speaks on which side of it.
type dispute struct {
	statement        string
	sides            map[string][]string // sources, sorted
	documents, score int
	latest           string
}

func (d *dispute) row() map[string]any {
	return map[string]any{"proposition": bracketed(d.statement), "support": bracketedAll(d.sides["support"]), "oppose": bracketedAll(d.sides["oppose"]),
		"uncommitted": bracketedAll(d.sides["uncommitted"]), "documents": int64(d.documents), "latest": orNil(d.latest), "score": int64(d.score)}
}

// rivalry are the links that make rivals of two statements, as in
// queries/disputes.js.
var rivalry = []string{RivalOf, ConflictsWith, DisagreesWith}

// rivals reports whether a statement has any.
func (o *outline) rivals(statement string) bool {
	return slices.ContainsFunc(o.links[statement], func(l outLink) bool { return slices.Contains(rivalry, l.predicate) })
}

// disputed are the statements that may have two sides.
func (o *outline) disputed(about string) []string {
	var list []string
	if about != "" {
		for _, p := range o.partOf[about] {
			if s := o.statements[p]; s != nil && (s.subject == about || s.object == about) {
				list = append(list, p)
			}
		}
		return list
	}
	for stance, ids := range o.byStance {
		if side := sideOf(stance); side != "oppose" && side != "uncommitted" {
			continue
		}
		for _, id := range ids {
			for _, p := range o.claims[id].contents {
				if strings.HasPrefix(p, "hs:prop/") {
					list = append(list, p)
				}
			}
		}
	}
	for p := range o.links {
		if o.rivals(p) {
			list = append(list, p)
		}
	}
	return different(list)
}

// different sorts a list and leaves every text in it once.
func different(list []string) []string {
	slices.Sort(list)
	return slices.Clip(slices.Compact(list))
}

// disputesOf ranks the statements that some hold and others reject or leave open,
// the most disputed first: what queries/disputes.js does without an outline.
func (o *outline) disputesOf(a asked) []*dispute {
	var list []*dispute
	for _, p := range o.disputed(a.about) {
		if d := o.dispute(p, a); d != nil {
			list = append(list, d)
		}
	}
	slices.SortFunc(list, (*dispute).compare)
	return list
}

func (d *dispute) compare(other *dispute) int {
	return cmp.Or(other.score-d.score, strings.Compare(other.latest, d.latest), strings.Compare(d.statement, other.statement))
}

// dispute is that over one statement, nil for none.
func (o *outline) dispute(statement string, a asked) *dispute {
	d := &dispute{statement: statement, sides: map[string][]string{}}
	var documents []string
	for _, id := range o.about[statement] {
		c := o.claims[id]
		day := dayOf(o.date(c.document))
		if c.stance == "" || !a.within(day) || !o.reviewed(id, a.review) {
			continue
		}
		side := sideOf(c.stance)
		if c.stance == string(news.Blames) || c.stance == string(news.Criticizes) {
			side = "support" // of the statement, however hard on whom it is about
		}
		d.sides[side] = append(d.sides[side], o.voiceOf(c))
		if c.copyOf == "" {
			documents = append(documents, c.document)
		}
		d.latest = max(d.latest, day)
	}
	for side := range d.sides {
		d.sides[side] = different(d.sides[side])
	}
	support, oppose, open := len(d.sides["support"]), len(d.sides["oppose"]), len(d.sides["uncommitted"])
	speakers := support + oppose + open
	split := oppose+open > 0 && speakers > 1
	if speakers == 0 || !split && !o.rivals(statement) {
		return nil
	}
	d.documents = len(different(documents))
	d.score = disputeScore(support, oppose, open)
	if !split {
		d.score += 2
	}
	return d
}

func disputeScore(support, oppose, open int) int {
	return min(support, oppose)*4 + min(support, open)*2 + oppose + open
}
