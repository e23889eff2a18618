package web

import (
	"context"
	"math"
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
	score, count := map[int32]float64{}, map[int32]int{}
	for _, word := range asked {
		best := map[int32]float64{}
		list := w.matches(word)
		if len(list) > 0 && list[0].weight <= 0.5 {
			sort.Slice(list, func(i, j int) bool {
				return list[i].weight > list[j].weight || list[i].weight == list[j].weight && list[i].word < list[j].word
			})
			found.Read = append(found.Read, word+" → "+list[0].word)
		}
		for _, m := range list {
			postings := w.postings[m.word]
			idf := math.Log(1 + float64(len(w.items))/float64(len(postings)))
			for _, i := range postings {
				best[i] = max(best[i], m.weight*idf)
			}
		}
		for i, s := range best {
			score[i] += s
			count[i]++
		}
	}
	w.rank(found, score, count, len(asked))
	return found
}

func (w *wordIndex) rank(found *hits, score map[int32]float64, count map[int32]int, asked int) {
	var all, some []int32
	for i := range score {
		if count[i] == asked {
			all = append(all, i)
		} else {
			some = append(some, i)
		}
	}
	if len(all) == 0 {
		all = some
	}
	weight := func(i int32) float64 { return score[i] / (1 + 0.05*math.Sqrt(float64(w.items[i].words))) }
	sort.Slice(all, func(a, b int) bool {
		x, y := weight(all[a]), weight(all[b])
		return x > y || x == y && w.items[all[a]].id < w.items[all[b]].id
	})
	for _, i := range all {
		it := w.items[i]
		list := map[string]*[]hit{"entity": &found.Entities, "claim": &found.Claims, "document": &found.Documents}[it.kind]
		if len(*list) < 25 {
			*list = append(*list, hit{ID: it.id, Name: clean(it.name), Kind: it.kind})
		}
	}
}
