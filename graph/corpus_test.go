package graph

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	"hearsay/ingest/news"
)

// corpusDocument is about how many quads a document of the corpus has, and
// corpusEntities how many entities the corpus has a document.
const (
	corpusDocument = 1150
	corpusEntities = 4
)

// corpus yields the quads of documents shaped like those of news articles as
// hearsay reads them: 25 claims, 35 propositions and 60 mentions each, few
// entities that everybody speaks of and many that few do. The same number gives
// the same documents.
func corpus(documents int, yield func([]quad.Quad)) {
	w := newCorpusWriter(documents, 26)
	for n := range documents {
		yield(w.document(n))
	}
}

// corpusWriter writes one document after the other.
type corpusWriter struct {
	documents int
	entities  uint64
	r         *rand.Rand
	popular   *rand.Zipf // entities by how much they are spoken of
	verbs     *rand.Zipf
	label     quad.IRI
	quads     []quad.Quad
}

// newCorpusWriter makes a writer of documents of a corpus of so many; another seed gives
// other texts.
func newCorpusWriter(documents int, seed uint64) *corpusWriter {
	w := &corpusWriter{documents: documents, entities: uint64(documents*corpusEntities + 50), r: rand.New(rand.NewPCG(20, seed))}
	w.popular = rand.NewZipf(w.r, 1.2, 30, w.entities-1)
	w.verbs = rand.NewZipf(w.r, 1.2, 5, 399)
	return w
}

func corpusEntity(n uint64) quad.IRI { return quad.IRI(fmt.Sprint("hs:Entity", n)) }
func corpusDocumentIRI(n int) quad.IRI {
	return quad.IRI(fmt.Sprintf("hs:doc/article-%d-%08x", n, uint32(n)*2654435761))
}

// corpusClaim is the IRI of claim c of document n.
func corpusClaim(n, c int) quad.IRI {
	return quad.IRI(fmt.Sprintf("hs:claim/%012x%08x", n*2654435761, c))
}

func (w *corpusWriter) entity() quad.IRI { return corpusEntity(w.popular.Uint64()) }

func (w *corpusWriter) add(s quad.IRI, p string, o quad.Value) {
	w.quads = append(w.quads, quad.Quad{Subject: s, Predicate: quad.IRI(p), Object: o, Label: w.label})
}

func (w *corpusWriter) words(n int) string {
	const words = "ministers court reported acquired attack election company shares talks border police budget climate storm hospital union strike launch bank rates parliament vote deal sanctions energy grid virus museum league final"
	list := strings.Fields(words)
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(list[w.r.IntN(len(list))])
	}
	return b.String()
}

func (w *corpusWriter) document(n int) []quad.Quad {
	w.label, w.quads = corpusDocumentIRI(n), make([]quad.Quad, 0, corpusDocument+100)
	d := w.label
	w.add(d, RDFType, quad.IRI(Document))
	w.add(d, Identifier, quad.String(fmt.Sprintf("articles/article-%d.txt", n)))
	w.add(d, Headline, quad.String(fmt.Sprint(w.words(7), " ", n)))
	w.add(d, RDFSLabel, quad.String(fmt.Sprint(w.words(7), " ", n)))
	w.add(d, Publisher, quad.String(fmt.Sprint("Outlet ", n%97)))
	w.add(d, DatePublished, quad.Time(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(n%3000)*20*time.Hour)))
	w.add(d, IsString, quad.String(fmt.Sprint(w.words(300), " ", n)))
	w.add(d, ReadBy, quad.String("hearsay 1"))
	for range 19 {
		w.add(d, Mentions, w.entity())
	}
	for range 12 {
		e := w.entity()
		w.add(e, RDFType, quad.IRI([...]string{"hs:Person", "hs:Organization", "hs:Location", "hs:Event"}[len(e)%4]))
		w.add(e, RDFSLabel, quad.String(strings.TrimPrefix(string(e), "hs:")))
	}
	props := make([]quad.IRI, 35)
	for i := range props {
		props[i] = w.proposition(i)
	}
	for c := range 25 {
		w.claim(n, c, props[c])
	}
	return w.quads
}

// mention writes place i of the document, with its words.
func (w *corpusWriter) mention(i int) quad.IRI {
	at := quad.IRI(fmt.Sprintf("%s#char=%d,%d", string(w.label), i*60, i*60+50))
	w.add(at, RDFType, quad.IRI(Mention))
	w.add(at, BeginIndex, quad.Int(i*60))
	w.add(at, EndIndex, quad.Int(i*60+50))
	w.add(at, AnchorOf, quad.String(w.words(9)))
	w.add(at, RefContext, w.label)
	return at
}

func (w *corpusWriter) proposition(i int) quad.IRI {
	s, p, o := w.entity(), fmt.Sprint("hs:rel/verb-", w.verbs.Uint64()), w.entity()
	if i%12 == 0 {
		p = "hs:attributed-to"
	}
	h := fnv.New64a()
	fmt.Fprint(h, s, p, o)
	id := quad.IRI(fmt.Sprintf("hs:prop/0000%016x", h.Sum64()))
	w.add(id, RDFType, quad.IRI(Proposition))
	w.add(id, RDFSLabel, quad.String(fmt.Sprint(s, " ", p, " ", o)))
	w.add(id, RDFSubject, s)
	w.add(id, RDFPredicate, quad.IRI(p))
	w.add(id, RDFObject, o)
	w.add(id, Polarity, quad.String("positive"))
	if i == 7 {
		w.add(id, Value, quad.Int(10+w.r.IntN(90)))
		w.add(id, BoundOf, quad.String("exact"))
		w.add(id, Unit, quad.String(w.words(1)))
	}
	at := w.mention(i)
	w.add(id, DerivedFrom, at)
	w.add(at, Certainty, quad.String("certain"))
	if i%9 == 4 {
		w.add(at, OtherArgument, w.entity())
	}
	return id
}

func (w *corpusWriter) claim(n, c int, prop quad.IRI) {
	id, source, stance := corpusClaim(n, c), w.entity(), corpusStances[w.r.IntN(len(corpusStances))]
	at := w.mention(35 + c)
	kind := "named"
	if c%5 < 2 {
		kind, source = "author", w.label
	}
	w.add(id, RDFType, quad.IRI(Claim))
	w.add(id, RDFSLabel, quad.String(w.words(10)))
	w.add(id, Source, source)
	w.add(id, SourceKind, quad.String(kind))
	w.add(id, StanceOf, quad.IRI("hs:"+string(stance)))
	w.add(id, Certainty, quad.String("certain"))
	w.add(id, Polarity, quad.String("positive"))
	w.add(id, Quotation, quad.String("indirect"))
	w.add(id, Content, prop)
	w.add(id, ContentText, quad.String(w.words(12)))
	w.add(id, DerivedFrom, at)
	w.add(id, Rule, quad.String("said"))
	if kind == "named" {
		w.add(id, Cue, quad.String("said"))
		w.add(source, "hs:"+string(stance), prop)
	}
	switch {
	case stance == news.Blames:
		target := w.entity()
		w.add(id, Target, target)
		w.add(source, "hs:blames", target)
	case c%11 == 3:
		w.add(id, About, quad.IRI(Attribution))
	case c%13 == 5 && c > 0: // of another's claim
		w.add(id, Content, corpusClaim(n, c-1))
	}
}

// corpusStances come as often as they stand here.
var corpusStances = [...]news.Stance{news.Asserts, news.Asserts, news.Asserts, news.Asserts, news.Asserts, news.Asserts, news.Asserts, news.Asserts,
	news.Blames, news.Denies, news.Doubts, news.SuspendsJudgment, news.Estimates, news.Believes, news.DeclinesComment, news.Demands}
