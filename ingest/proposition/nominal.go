package proposition

// nominal reads the frames of noun phrase i.
//
//	Simon Choi, a director at Hauri -> (Simon Choi, is, a director at Hauri)
//	spokeswoman Hua Chunying        -> (Hua Chunying, is, spokeswoman)
//	Sony's network                  -> (Sony, has, network)
func (r *reader) nominal(i int) {
	if r.upos(i) == "NOUN" {
		r.add(&frame{kind: nominal, head: i, verb: i, subject: i})
	}
	h := r.d.Head(i)
	if h < 0 {
		return
	}
	switch r.d.Tokens[i].Deprel {
	case "appos":
		if r.isNominal(i) && r.isNominal(h) && r.upos(i) != "NUM" {
			r.isFrame(apposition, h, i, i)
		}
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
