package proposition

import (
	"strings"

	"hearsay/ingest/news"
)

// nominal reads the frames of noun phrase i.
//
//	Simon Choi, a director at Hauri -> (Simon Choi, is, a director at Hauri)
//	spokeswoman Hua Chunying        -> (Hua Chunying, is, spokeswoman)
//	Sony's network                  -> (Sony, has, network)
func (r *reader) nominal(i int) {
	if r.upos(i) == "NOUN" {
		r.add(&frame{kind: nominal, head: i, verb: i, subject: i})
	}
	if r.upos(i) == "NUM" && r.rel(i, "root", "parataxis", "ccomp") {
		// "at least 41 dead in Derna" -> (at least 41, is, dead)
		if c := r.child(i, "amod"); c > i && r.isToll(c) {
			f := frame{kind: copular, head: c, verb: c, subject: i, how: modified, supply: "is"}
			f.args = []arg{{head: c, kind: predicate, toks: r.list([]int{c}), from: i}}
			r.add(&f)
		}
	}
	h := r.d.Head(i)
	if h < 0 {
		return
	}
	if v := r.fusedVerb(i); v >= 0 {
		r.fused(i, v)
	}
	switch r.d.Tokens[i].Deprel {
	case "appos":
		r.apposed(i, h)
	case "nmod:desc", "compound":
		if r.upos(h) == "PROPN" && h > i && r.rel(i, "nmod:desc") && !isHonorific(r.lower[i]) {
			r.isFrame(title, h, i, i)
		}
	case "nmod:poss":
		f := frame{kind: possession, head: h, verb: h, subject: i, supply: "has"}
		toks := r.extent(h, phrase)
		own := r.extent(i, phrase)
		rest := make([]int, 0, len(toks))
		for _, t := range toks {
			if !contains(own, t) && !(r.d.Head(t) == i && r.rel(t, "case")) {
				rest = append(rest, t)
			}
		}
		f.args = []arg{{head: h, kind: object, toks: rest, from: h}}
		r.add(&f)
	case "nmod":
		m := r.marker(i)
		if len(m) > 0 && exemplifies(r.lower[m[0]], len(m)) {
			// "worms such as WannaCry" -> (worms, such as, WannaCry)
			f := frame{kind: exemplar, head: i, verb: i, subject: h}
			f.args = []arg{{head: i, kind: oblique, toks: r.extent(i, phrase), mark: m, from: h}}
			r.add(&f)
		}
		if len(m) == 1 && (r.lower[m[0]] == "in" || r.lower[m[0]] == "at" || r.lower[m[0]] == "near") && r.upos(i) == "PROPN" {
			f := frame{kind: location, head: i, verb: i, subject: h, supply: "is"}
			f.args = []arg{{head: i, kind: oblique, toks: r.extent(i, phrase), mark: m, from: h}}
			r.add(&f)
		}
	}
}

// apposed reads noun i in apposition to h. A place after a place lies around it,
// and what is counted or enumerated is not what it is counted as.
//
//	Simon Choi, a director    -> (Simon Choi, is, a director)
//	a court in Lyon, France   -> (Lyon, is in, France)
func (r *reader) apposed(i, h int) {
	if !r.isNominal(i) || !r.isNominal(h) || r.upos(i) == "NUM" || r.upos(h) == "NUM" ||
		r.isTime(&arg{head: i}) || r.isTime(&arg{head: h}) || strings.HasPrefix(r.lower[i], "http") {
		return
	}
	if r.xpos(h) == "NNS" && r.xpos(i) == "NNP" && r.child(i, "conj") >= 0 {
		return
	}
	if r.isPlace(i) && r.isPlace(h) {
		f := frame{kind: location, head: i, verb: i, subject: h, supply: "is in"}
		f.args = []arg{{head: i, kind: oblique, toks: r.extent(i, phrase), from: h}}
		r.add(&f)
		return
	}
	r.isFrame(apposition, h, i, i)
}

// isPlace reports whether noun i is the name of a place: by its mention, else by
// its preposition or that of what it stands in apposition to.
func (r *reader) isPlace(i int) bool {
	if k := r.mention[i]; k > 0 {
		return r.d.Mentions[k-1].Type == news.Location
	}
	if r.upos(i) != "PROPN" || r.child(i, "det", "nmod:desc", "amod", "flat") >= 0 {
		return false
	}
	for n := 0; n < maxPath && r.rel(i, "appos"); n++ {
		i = r.d.Head(i)
	}
	m := r.marker(i)
	return len(m) == 1 && (r.lower[m[0]] == "in" || r.lower[m[0]] == "at" || r.lower[m[0]] == "near")
}

// fused adds the frame of verb v that the parser took for an adjective of its
// object i; its subject is that of the verb before it.
func (r *reader) fused(i, v int) {
	h := r.d.Head(i)
	if g := r.d.Head(h); g >= 0 && r.rel(h, "obj", "obl") && r.isPredicate(g) {
		f := frame{kind: verbal, head: v, verb: v, rel: r.list([]int{v}), how: shared}
		f.subject, _ = r.subject(g)
		r.except = v
		f.args = []arg{{head: i, kind: object, toks: r.extent(i, phrase), from: v}}
		r.except = -1
		r.add(&f)
	}
}

// isFrame adds a frame that says that subject is what head stands for.
func (r *reader) isFrame(k kind, subject, head, verb int) {
	f := frame{kind: k, head: head, verb: verb, subject: subject, supply: "is"}
	f.args = []arg{{head: head, kind: predicate, toks: r.extent(head, phrase), from: subject}}
	r.add(&f)
}

// exemplifies reports whether a preposition of n words leads to examples.
func exemplifies(p string, n int) bool {
	return p == "such" && n == 2 || p == "including" && n == 1
}

func isHonorific(s string) bool {
	switch s {
	case "mr", "mr.", "dr", "dr.", "st", "st.", "jr.", "sr.", "prof", "prof.", "mrs", "mrs.", "ms", "ms.", "miss", "sir", "dame", "madam", "herr", "mme":
		return true
	}
	return false
}
