package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"sort"
	"strings"
)

// extent is the place's code points; ok is false where it has none.
func (p *place) extent() (s [2]int, ok bool) {
	if p == nil || p.Start == nil || p.End == nil || *p.End <= *p.Start {
		return s, false
	}
	return [2]int{*p.Start, *p.End}, true
}

// jaccard is the overlap of two places over what they cover together.
func jaccard(a, b *place) float64 {
	x, okX := a.extent()
	y, okY := b.extent()
	if !okX || !okY {
		return 0
	}
	both := min(x[1], y[1]) - max(x[0], y[0])
	if both <= 0 {
		return 0
	}
	return float64(both) / float64(x[1]-x[0]+y[1]-y[0]-both)
}

// places are the alternatives of a place; a nil one says that none is acceptable.
func (g *statement) places(key string, first *place) []*place {
	out := []*place{first}
	for _, a := range g.Alt[key] {
		var p *place
		if json.Unmarshal(a, &p) == nil {
			out = append(out, p)
		}
	}
	return out
}

// fits is how well a predicted claim fits a gold one: the sources overlap or
// have one name, the contents overlap by half or are both missing.
func fits(g, p *statement) (score float64, ok bool) {
	source := 0.0
	for _, s := range g.places("source", &g.Source.place) {
		source = max(source, jaccard(s, &p.Source.place))
	}
	if source == 0 && !g.sameName(p) {
		return 0, false
	}
	best := -1.0
	_, has := p.Content.extent()
	for _, c := range g.places("content", g.Content) {
		_, want := c.extent()
		switch {
		case want && has:
			if j := jaccard(c, p.Content); j >= 0.5 {
				best = max(best, j)
			}
		case !want && !has:
			where := p.Sentence
			if _, ok := where.extent(); !ok {
				where = p.Cue
			}
			if _, ok := where.extent(); !ok {
				where = &p.Source.place
			}
			if jaccard(where, g.Sentence) > 0 {
				best = max(best, 1)
			}
		}
	}
	if best < 0 {
		return 0, false
	}
	score = best + source + 0.5*jaccard(g.Cue, p.Cue)
	if g.Stance == p.Stance {
		score += 0.25
	}
	return score, true
}

// matchClaims pairs claims greedily, the best fits first.
func matchClaims(gold, got []*statement) []claimPair {
	type candidate struct {
		score float64
		i, j  int
	}
	var all []candidate
	for i, g := range gold {
		for j, p := range got {
			if s, ok := fits(g, p); ok {
				all = append(all, candidate{s, i, j})
			}
		}
	}
	sort.SliceStable(all, func(x, y int) bool { return all[x].score > all[y].score })
	usedGold, usedGot := map[int]bool{}, map[int]bool{}
	var out []claimPair
	for _, c := range all {
		if !usedGold[c.i] && !usedGot[c.j] {
			usedGold[c.i], usedGot[c.j] = true, true
			out = append(out, claimPair{gold[c.i], got[c.j]})
		}
	}
	return out
}

var (
	genitive = regexp.MustCompile(`['’]s\b`)
	noWord   = regexp.MustCompile(`[^\pL\pN\pM_ ]+`)
)

// normalName is a name without case, punctuation, genitive and article.
func normalName(s string) string {
	s = strings.ReplaceAll(strings.ToLower(s), ".", "")
	s = noWord.ReplaceAllString(genitive.ReplaceAllString(s, ""), " ")
	s = strings.Join(strings.Fields(s), " ")
	return strings.TrimPrefix(s, "the ")
}

// sameName reports whether the predicted name is one of the gold's, or its own
// with titles before it.
func (g *statement) sameName(p *statement) bool {
	n := normalName(p.Source.Name)
	if n == "" {
		return false
	}
	if own := normalName(g.Source.Name); own != "" && (n == own || strings.HasSuffix(n, " "+own)) {
		return true
	}
	for _, a := range g.altStrings("name") {
		if n == normalName(a) {
			return true
		}
	}
	return false
}

// writeClaimErrors lists what was missed, superfluous and wrong.
func writeClaimErrors(w io.Writer, need, predicted []*statement, matched []claimPair, used, free map[*statement]bool) {
	hit := map[*statement]bool{}
	for _, p := range matched {
		hit[p.gold] = true
	}
	for _, g := range need {
		if !hit[g] {
			fmt.Fprintf(w, "missed       %s\n", g)
		}
	}
	for _, p := range predicted {
		if !used[p] && !free[p] {
			fmt.Fprintf(w, "superfluous  %s\n", p)
		}
	}
	for _, p := range matched {
		var wrong []string
		for _, m := range claimMetrics[:len(claimMetrics)-1] {
			if !p.right(m) {
				wrong = append(wrong, m)
			}
		}
		if len(wrong) > 0 {
			fmt.Fprintf(w, "wrong        %s: %s\n       gold  %s\n", strings.Join(wrong, ", "), p.got, p.gold)
		}
	}
}

// String is the claim in one line, its content cut to 100 characters.
func (s *statement) String() string {
	text := func(p *place) string {
		if p == nil {
			return "-"
		}
		r := []rune(strings.ReplaceAll(p.Text, "\n", " "))
		if len(r) > 100 {
			r = append(r[:99], '…')
		}
		return string(r)
	}
	name := s.Source.Name
	if name == "" {
		name = s.Source.Kind
	}
	return fmt.Sprintf("%s [%s] | %s | %s %s %s | %s", text(&s.Source.place), name, text(s.Cue), s.Stance, s.Certainty, s.Polarity, text(s.Content))
}
