package web

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"

	"github.com/cayleygraph/quad"
	"golang.org/x/text/unicode/norm"

	"hearsay/graph"
	"hearsay/queries"
)

// item is something that can be found.
type item struct {
	id, name, kind string // kind: entity, claim or document
	words          int
}

// wordIndex finds entities, claims and documents by their words: it lists for
// every word the items that have it.
type wordIndex struct {
	items    []item
	postings map[string][]int32
	byLength map[int][]string // the words by their length in letters
}

// hits are what was found, the best first.
type hits struct {
	Entities, Claims, Documents []hit
	Read                        []string // the words that were taken for misspelt ones: "Kasperski → kaspersky"
}

// readWords reads the names of entities, the words of claims and the documents.
func readWords(ctx context.Context, store *graph.Store) (*wordIndex, error) {
	w := &wordIndex{postings: map[string][]int32{}, byLength: map[int][]string{}}
	at := map[string]int32{}
	add := func(id, name, kind, text string) {
		i, ok := at[id]
		if !ok {
			i = int32(len(w.items))
			at[id] = i
			w.items = append(w.items, item{id: id, name: name, kind: kind})
		}
		w.add(i, text)
	}
	names, err := store.Names(ctx)
	if err != nil {
		return nil, err
	}
	for _, label := range []bool{true, false} { // the label is the name to show
		for _, n := range names {
			if n.Alias != label {
				add(n.IRI, n.Text, "entity", n.Text)
			}
		}
	}
	var labels []quad.Quad
	err = store.Select(ctx, graph.Pattern{Predicate: []quad.Value{quad.IRI(graph.RDFSLabel), quad.IRI(graph.Headline), quad.IRI(graph.IsString)}}, func(q quad.Quad) error {
		iri, ok := q.Subject.(quad.IRI)
		text, isText := q.Object.(quad.String)
		switch id := string(iri); {
		case !ok || !isText:
		case strings.HasPrefix(id, "hs:claim/"):
			add(id, string(text), "claim", string(text))
		case strings.HasPrefix(id, "hs:doc/") && !strings.Contains(id, "#"):
			labels = append(labels, q)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, p := range []string{graph.RDFSLabel, graph.Headline, graph.IsString} { // the label comes first: it is the name
		for _, q := range labels {
			if q.Predicate == quad.IRI(p) {
				add(string(q.Subject.(quad.IRI)), string(q.Object.(quad.String)), "document", string(q.Object.(quad.String)))
			}
		}
	}
	for word := range w.postings {
		n := len([]rune(word))
		w.byLength[n] = append(w.byLength[n], word)
	}
	return w, nil
}

func (w *wordIndex) add(i int32, text string) {
	for _, word := range wordsOf(text) {
		list := w.postings[word]
		if len(list) == 0 || list[len(list)-1] != i {
			w.postings[word] = append(list, i)
			w.items[i].words++
		}
	}
}

// wordsOf are the words of a text in small letters without accents.
func wordsOf(text string) []string {
	var b strings.Builder
	for _, r := range norm.NFD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’':
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Fields(b.String())
}

// match is a word of the index that a word of the search may stand for.
type match struct {
	word   string
	weight float64
}

// matches are the word itself, words that begin with it, and where there are
// none of these, words at an edit distance of one, or of two for long words.
func (w *wordIndex) matches(word string) []match {
	var list []match
	if _, ok := w.postings[word]; ok {
		list = append(list, match{word, 1})
	}
	n := len([]rune(word))
	if n >= 3 {
		for length, wordsThere := range w.byLength {
			if length <= n || length > n+12 {
				continue
			}
			for _, other := range wordsThere {
				if strings.HasPrefix(other, word) {
					list = append(list, match{other, 0.6})
				}
			}
		}
	}
	if len(list) > 0 || n < 4 {
		return list
	}
	most := 1
	if n >= 7 {
		most = 2
	}
	for length := n - most; length <= n+most; length++ {
		for _, other := range w.byLength[length] {
			if d := queries.Distance(word, other, most); d <= most {
				list = append(list, match{other, 0.5 / float64(d)})
			}
		}
	}
	return list
}

// find ranks the items that have all words of the search; where none has, those
// that have any.
func (w *wordIndex) find(text string) *hits {
	found := &hits{}
	asked := wordsOf(text)
	asked = asked[:min(len(asked), 12)]
	score, best, count := make([]float32, len(w.items)), make([]float32, len(w.items)), make([]uint8, len(w.items))
	var touched, hit []int32
	for _, word := range asked {
		list := w.matches(word)
		if len(list) > 0 && list[0].weight <= 0.5 {
			sort.Slice(list, func(i, j int) bool {
				return list[i].weight > list[j].weight || list[i].weight == list[j].weight && list[i].word < list[j].word
			})
			found.Read = append(found.Read, word+" → "+list[0].word)
		}
		hit = hit[:0]
		for _, m := range list {
			postings := w.postings[m.word]
			weight := float32(m.weight * math.Log(1+float64(len(w.items))/float64(len(postings))))
			for _, i := range postings {
				if best[i] == 0 {
					hit = append(hit, i)
				}
				best[i] = max(best[i], weight)
			}
		}
		for _, i := range hit {
			if count[i] == 0 {
				touched = append(touched, i)
			}
			score[i] += best[i]
			count[i]++
			best[i] = 0
		}
	}
	w.rank(found, touched, score, count, len(asked))
	return found
}

// mostFound is how many of each kind a search shows.
const mostFound = 25

// rank gives the best of each kind.
func (w *wordIndex) rank(found *hits, touched []int32, score []float32, count []uint8, asked int) {
	all := slices.ContainsFunc(touched, func(i int32) bool { return int(count[i]) == asked })
	weight := func(i int32) float32 { return score[i] / (1 + 0.05*float32(math.Sqrt(float64(w.items[i].words)))) }
	better := func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(w.items[a.item].id, w.items[b.item].id))
	}
	best := map[string][]ranked{}
	for _, i := range touched {
		if all && int(count[i]) < asked {
			continue
		}
		kind, r := w.items[i].kind, ranked{i, weight(i)}
		list := best[kind]
		if len(list) == mostFound && better(list[mostFound-1], r) < 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(list, r, better)
		best[kind] = slices.Insert(list, at, r)[:min(len(list)+1, mostFound)]
	}
	for kind, list := range map[string]*[]hit{"entity": &found.Entities, "claim": &found.Claims, "document": &found.Documents} {
		for _, r := range best[kind] {
			it := w.items[r.item]
			*list = append(*list, hit{ID: it.id, Name: clean(it.name), Kind: it.kind})
		}
	}
}

// ranked is an item with what its words weigh.
type ranked struct {
	item   int32
	weight float32
}
