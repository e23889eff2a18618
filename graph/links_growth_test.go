package graph

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// linksAmong are the links of facts by their ends and predicate.
func linksAmong(rule string, facts []LinkFact) (links []LinkEdge, with map[string]map[string]int) {
	for i := range facts {
		facts[i].Rule, facts[i].Key = rule, "k"
	}
	links = LinksOf(facts)
	with = map[string]map[string]int{}
	for _, l := range links {
		for _, id := range []string{l.From, l.To} {
			if with[id] == nil {
				with[id] = map[string]int{}
			}
			with[id][l.Predicate]++
		}
	}
	return links, with
}

// Links grow with the claims on a statement, and whoever has company or opponents
// is linked with some.
func TestPositionsGrow(t *testing.T) {
	for _, n := range []int{2, 5, 9, 100, 1000} {
		var held []LinkFact
		for i := range n {
			side := inFavour
			if i%10 == 9 || i == 1 {
				side = against
			}
			held = append(held, LinkFact{ID: fmt.Sprint("claim", i), Source: fmt.Sprint("source", i%(n-n/20)), Document: fmt.Sprint(i), Published: int64(i), Stand: int8(side)})
		}
		voices := map[string]bool{}
		sides := map[int8]int{}
		for _, h := range held {
			voices[fmt.Sprint(h.Source, h.Stand)] = true
			sides[h.Stand]++
		}
		links, with := linksAmong("position", held)
		if most := 4 * few * n; len(links) > most {
			t.Errorf("%d links of %d claims, want at most %d", len(links), n, most)
		}
		first := map[string]bool{}
		for _, h := range held {
			voice := fmt.Sprint(h.Source, h.Stand)
			if first[voice] {
				continue
			}
			first[voice] = true
			if with[h.ID][DisagreesWith] == 0 || sides[h.Stand] > 1 && with[h.ID][AgreesWith] == 0 {
				t.Errorf("of %d claims, %s is linked so: %v", n, h.ID, with[h.ID])
			}
		}
	}
}

// Up to few+1 on each side are linked each with each.
func TestFewPositions(t *testing.T) {
	var held []LinkFact
	for i := range 2 * (few + 1) {
		held = append(held, LinkFact{ID: fmt.Sprint("claim", i), Source: fmt.Sprint("source", i), Document: fmt.Sprint(i), Published: int64(i), Stand: int8(1 - 2*(i%2))})
	}
	links, _ := linksAmong("position", held[:2*few])
	if want := few * (few - 1); len(links) != want+few*few {
		t.Errorf("%d links among %d and %d claims, want %d", len(links), few, few, want+few*few)
	}
	links, _ = linksAmong("position", held)
	agreements := 0
	for _, l := range links {
		if l.Predicate == AgreesWith {
			agreements++
		}
	}
	if want := (few + 1) * few; agreements != want {
		t.Errorf("%d agreements among twice %d claims, want %d", agreements, few+1, want)
	}
}

// Of many numbers of one thing each is linked as it would be if all were compared:
// it conflicts with some where it does with any, and all hang together.
func TestQuantitiesGrow(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	bounds := []string{"exact", "more-than", "at-least", "less-than", "at-most", "about"}
	for range 200 {
		n := 2 + r.IntN(40)
		numbers := map[amount]LinkFact{}
		for range n {
			a := amount{float64(r.IntN(60) - 5), bounds[r.IntN(len(bounds)*(1+r.IntN(2)))%len(bounds)]}
			numbers[a] = LinkFact{ID: fmt.Sprint(a.bound, a.value), Value: a.value, Bound: a.bound}
		}
		var facts []LinkFact
		conflicts, differs := map[string]int{}, map[string]int{}
		for _, a := range numbers {
			facts = append(facts, a)
			for _, b := range numbers {
				switch {
				case a.ID == b.ID:
				case compatible(a, b):
					differs[a.ID]++
				default:
					conflicts[a.ID]++
				}
			}
		}
		links, with := linksAmong("quantity", facts)
		if most := (3*few + 1) * len(numbers); len(links) > most {
			t.Errorf("%d links of %d numbers, want at most %d", len(links), len(numbers), most)
		}
		group := map[string]string{}
		find := func(x string) string {
			for group[x] != "" {
				x = group[x]
			}
			return x
		}
		groups := len(numbers)
		for _, l := range links {
			if a, b := find(l.From), find(l.To); a != b {
				group[a] = b
				groups--
			}
		}
		if groups != 1 {
			t.Errorf("%d groups of %v", groups, facts)
		}
		for id := range conflicts {
			if with[id][ConflictsWith] == 0 || len(numbers) <= few+1 && with[id][ConflictsWith] != conflicts[id] {
				t.Errorf("%s of %v conflicts with %d, linked with %d", id, facts, conflicts[id], with[id][ConflictsWith])
			}
		}
		for id := range differs {
			if with[id][DiffersFrom] == 0 || len(numbers) <= few+1 && with[id][DiffersFrom] != differs[id] {
				t.Errorf("%s of %v could hold with %d, linked with %d", id, facts, differs[id], with[id][DiffersFrom])
			}
		}
	}
}

// Claims that give one of many answers are linked with some of the others.
func TestAnswersGrow(t *testing.T) {
	const n = 1000
	for name, answer := range map[string]func(i int, f *LinkFact){
		"culprits":               func(i int, f *LinkFact) { f.Object = fmt.Sprint("hs:Culprit", i%50) },
		"two culprits":           func(i int, f *LinkFact) { f.Object = fmt.Sprint("hs:Culprit", min(1, i%500)) },
		"numbers of one day":     func(i int, f *LinkFact) { f.Value, f.Bound, f.Published = float64(i%50), "exact", 7 },
		"numbers that one gives": func(i int, f *LinkFact) { f.Value, f.Bound, f.Published = float64(min(1, i%500)), "exact", 7 },
	} {
		t.Run(name, func(t *testing.T) {
			var given []LinkFact
			for i := range n {
				f := LinkFact{ID: fmt.Sprint("claim", i), Source: fmt.Sprint("source", i%400), Document: fmt.Sprint(i), Published: int64(i)}
				answer(i, &f)
				given = append(given, f)
			}
			links, with := linksAmong("answer", given)
			if most := 4 * few * n; len(links) > most {
				t.Errorf("%d links of %d claims, want at most %d", len(links), n, most)
			}
			first := map[string]bool{}
			for _, f := range given {
				if voice := fmt.Sprint(f.Source, f.Object, f.Value); !first[voice] {
					first[voice] = true
					if with[f.ID][DisagreesWith] == 0 {
						t.Errorf("%s disagrees with nobody", f.ID)
					}
				}
			}
		})
	}
}

// Every further culprit of an event is a rival of those first named.
func TestRivalsGrow(t *testing.T) {
	var list []LinkFact
	for i := range 300 {
		for d := range 3 { // three documents each
			list = append(list, LinkFact{ID: fmt.Sprintf("prop%03d", i), Object: fmt.Sprint("hs:Culprit", i), Document: fmt.Sprint(d), Published: int64(1000 - i + d)})
		}
	}
	links, with := linksAmong("rival", list)
	if most := 2 * few * 300; len(links) > most {
		t.Errorf("%d links of 300 culprits, want at most %d", len(links), most)
	}
	if with["prop000"][RivalOf] != 2*few || with["prop299"][RivalOf] != 299 {
		t.Errorf("the last culprit has %d rivals, the first %d", with["prop000"][RivalOf], with["prop299"][RivalOf])
	}
}
