package claim

import (
	"sort"

	"hearsay/ingest/news"
)

// finish links the claims, adds what the document says in its own voice, and
// writes everything to the document in order.
func (r *reader) finish() {
	r.citations()
	r.cede()
	r.dedupe()
	r.nest()
	for k := range r.claims {
		r.targets(&r.claims[k])
		r.topics(&r.claims[k])
	}
	r.propositions()
	r.shared()
	r.author()
	d := r.d
	for k := range r.claims {
		d.Claims = append(d.Claims, r.claims[k].Claim)
	}
	d.SortClaims()
}

// cede cuts a content before the source of a later attribution that goes on
// beyond it: said A, and his critics | blame him.
func (r *reader) cede() {
	for k := range r.claims {
		a := &r.claims[k]
		if len(a.Content) == 0 || a.quoted >= 0 {
			continue
		}
		end := &a.Content[len(a.Content)-1]
		for _, j := range r.byCue[r.d.SentenceAt(a.Cue.Start)] {
			b := &r.claims[j]
			if b.Source.Empty() || b.Cue.Start < end.End || b.Source.Start <= a.Cue.End || b.Source.End > end.End || b.Source.Start <= end.Start+8 || b.Rule == "phrase" || b.Rule == "citing" {
				continue
			}
			first, last := r.d.TokenAt(end.Start), r.d.TokenAt(b.Source.Start)-1
			for last > first && (r.punct(last) || r.rel(last, "cc", "mark")) {
				last--
			}
			if last > first {
				end.End = r.d.Tokens[last].End
			}
		}
	}
}

// dedupe drops claims that say the same as an earlier one, and claims whose cue
// stands within another's.
func (r *reader) dedupe() {
	at := map[news.Span]int{} // last claim kept by cue
	kept := r.claims[:0]
	renumber := make([]int, len(r.claims))
	for k := range r.claims {
		c := r.claims[k]
		if j, ok := at[c.Cue]; ok && r.same(&kept[j], &c) {
			renumber[k] = j
			continue
		}
		renumber[k] = len(kept)
		at[c.Cue] = len(kept)
		kept = append(kept, c)
	}
	for k := range kept {
		if kept[k].About >= 0 {
			kept[k].About = renumber[kept[k].About]
		}
	}
	r.claims = kept
	r.indexClaims()
}

func (r *reader) same(a, b *found) bool {
	return a.Source.Span == b.Source.Span && a.Stance == b.Stance && a.Extent().Overlaps(b.Extent())
}

// targets are the entities that a blame, criticism or praise is directed at.
func (r *reader) targets(c *found) {
	switch c.Stance {
	case news.Blames, news.Criticizes, news.Praises:
	default:
		return
	}
	if len(c.Content) == 0 {
		return
	}
	from := r.d.TokenAt(c.Content[0].Start)
	best, bestDepth := -1, 1<<30
	for i := from; i < len(r.d.Tokens) && r.d.Tokens[i].End <= c.Extent().End; i++ {
		m := r.mention[i]
		if m < 0 || r.d.Mentions[m].Entity < 0 {
			continue
		}
		e := r.d.Mentions[m].Entity
		if e == c.Source.Entity {
			continue
		}
		switch r.d.Entities[e].Type {
		case news.Person, news.Organization, news.Location, news.ThreatActor:
		default:
			continue
		}
		depth := 0
		for h := i; h >= from && h != c.cue && depth < 20; h = r.d.Head(h) {
			depth++
		}
		if depth < bestDepth {
			best, bestDepth = e, depth
		}
	}
	if best >= 0 && bestDepth <= 3 {
		c.Targets = []int{best}
	}
}

// imputed is the predicate of what blaming itself states: who blames A for B
// holds that B is attributed to A.
const imputed = "hs:attributed-to"

// propositions links the claims with what their contents state: not what is
// reported within them. What a blame imputes hangs on the cue itself.
func (r *reader) propositions() {
	inner := r.innermost()
	of := map[int][]int{} // claims by cue
	for k := range r.claims {
		of[r.claims[k].cue] = append(of[r.claims[k].cue], k)
	}
	for p := range r.d.Propositions {
		h := r.d.Propositions[p].Head
		for _, k := range of[h] {
			if c := &r.claims[k]; c.Stance == news.Blames && r.d.Propositions[p].Relation.Predicate == imputed {
				c.Propositions = append(c.Propositions, p)
			}
		}
		if h < 0 || h >= len(inner) || inner[h] == -1 {
			continue
		}
		for _, k := range of[int(inner[h])] {
			c := &r.claims[k]
			if c.Stance != news.Unreachable && covers(c.Content, r.d.Tokens[h].Span) && r.stated(h, c) {
				c.Propositions = append(c.Propositions, p)
			}
		}
	}
}

// stated reports whether the proposition at token h is what claim c states, not
// what its content takes for granted in a relative clause, an apposition, a
// participle or a name's description: too early to tell whether A, based on the
// evidence that B -> A alone.
func (r *reader) stated(h int, c *found) bool {
	for n := 0; n < 40; n++ {
		if h == c.content {
			return true
		}
		up := r.d.Head(h)
		if up < 0 || !covers(c.Content, r.d.Tokens[up].Span) {
			return true
		}
		switch {
		case r.rel(h, "ccomp", "xcomp", "csubj", "conj", "parataxis", "root"):
		case r.rel(h, "advcl", "acl") && !r.rel(h, "acl:relcl"):
			mark := r.d.Child(h, "mark")
			if mark < 0 || !r.word2(mark, "to", "whether", "that") {
				return false
			}
		case up == c.content && r.rel(h, "nsubj", "obj", "obl", "nmod") && r.propositional(h) && r.upos(c.content) == "NOUN":
		default:
			return false
		}
		h = up
	}
	return false
}

// shared gives a claim the propositions of the one that it is about, where both
// have one content: the paper said, citing Europol.
func (r *reader) shared() {
	for k := range r.claims {
		c := &r.claims[k]
		if c.About >= 0 && len(c.Propositions) == 0 && c.Extent() == r.claims[c.About].Extent() {
			c.Propositions = append(c.Propositions, r.claims[c.About].Propositions...)
		}
	}
}

func covers(spans []news.Span, s news.Span) bool {
	for _, t := range spans {
		if t.Contains(s) {
			return true
		}
	}
	return false
}

// innermost is, by token, the cue of the narrowest claim whose content holds it,
// -1 for none. Claims of one cue count as one.
func (r *reader) innermost() []int32 {
	inner := make([]int32, len(r.d.Tokens))
	for i := range inner {
		inner[i] = -1
	}
	order := make([]int, len(r.claims))
	for k := range r.claims {
		order[k] = k
	}
	sort.SliceStable(order, func(x, y int) bool {
		return r.claims[order[x]].Extent().Len() > r.claims[order[y]].Extent().Len()
	})
	for _, k := range order {
		for _, s := range r.claims[k].Content {
			for i := r.d.TokenAt(s.Start); i < len(inner) && r.d.Tokens[i].End <= s.End; i++ {
				inner[i] = int32(r.claims[k].cue)
			}
		}
	}
	return inner
}
