package syntax

import "hearsay/ingest/news"

// complements relabels clauses that were taken for beside their heads and stand in
// them: one that begins with its subject right after its head, without a mark
// between, is the head's complement. Of such clauses EWT's training part has 2 in
// 930 as parataxis of a noun and 2 in 620 of a verb; to a reader of the tree it is
// the difference between what is claimed and what isn't.
//
//	no proof Lazarus was behind it    acl of "proof"
//	he thinks Lazarus was behind it   ccomp of "thinks"
func complements(d *news.Document) {
	for i := range d.Tokens {
		t := &d.Tokens[i]
		h := d.Head(i)
		if h < 0 || h >= i || t.Deprel != "parataxis" {
			continue
		}
		first, _ := d.Subtree(i)
		subject := d.Child(i, "nsubj")
		if first != h+1 || subject < 0 || d.Tokens[first].UPOS == "PUNCT" {
			continue
		}
		if begins, _ := d.Subtree(subject); begins != first {
			continue
		}
		switch d.Tokens[h].UPOS {
		case "NOUN":
			t.Deprel = "acl"
		case "VERB":
			t.Deprel = "ccomp"
		}
	}
}
