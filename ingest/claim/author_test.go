package claim

import (
	"strings"
	"testing"

	"hearsay/ingest/news"
)

// TestAuthor holds what a text says in its own voice: content, certainty and the
// hedge as cue.
func TestAuthor(t *testing.T) {
	tests := []struct{ name, row, want string }{
		{"hearsay about how many",
			`The/the/DET/DT/2/det attacker/attacker/NOUN/NN/3/nsubj stabbed/stab/VERB/VBD/0/root reportedly/reportedly/ADV/RB/5/advmod several/several/ADJ/JJ/6/amod people/people/NOUN/NNS/3/obj at/at/ADP/IN/9/case the/the/DET/DT/9/det hall/hall/NOUN/NN/3/obl ~././PUNCT/./3/punct`,
			"The attacker stabbed reportedly several people at the hall | probable | reportedly"},
		{"hearsay by reports",
			`By/by/ADP/IN/2/case reports/report/NOUN/NNS/8/obl on/on/ADP/IN/4/case Saturday/Saturday/PROPN/NNP/2/nmod ~,/,/PUNCT/,/2/punct two/two/NUM/CD/7/nummod people/people/NOUN/NNS/8/nsubj died/die/VERB/VBD/0/root ~././PUNCT/./8/punct`,
			"By reports on Saturday, two people died | probable | reports"},
		{"an adjective that is hedged is no hedge of the clause",
			`An/a/DET/DT/4/det allegedly/allegedly/ADV/RB/3/advmod corrupt/corrupt/ADJ/JJ/4/amod man/man/NOUN/NN/5/nsubj resigned/resign/VERB/VBD/0/root ~././PUNCT/./5/punct`,
			"An allegedly corrupt man resigned | certain | "},
		{"who speaks in a relative clause stays in the author's own",
			`The/the/DET/DT/2/det alert/alert/NOUN/NN/3/nsubj covered/cover/VERB/VBD/0/root the/the/DET/DT/5/det home/home/NOUN/NN/3/obj of/of/ADP/IN/9/case Prime/Prime/ADJ/NNP/8/amod Minister/Minister/PROPN/NNP/9/nmod:desc Oake/Oake/PROPN/NNP/5/nmod ~,/,/PUNCT/,/12/punct who/who/PRON/WP/12/nsubj told/tell/VERB/VBD/9/acl:relcl the/the/DET/DT/14/det press/press/NOUN/NN/12/iobj it/it/PRON/PRP/17/nsubj was/be/AUX/VBD/17/cop safe/safe/ADJ/JJ/12/ccomp ~././PUNCT/./3/punct`,
			"The alert covered the home of Prime Minister Oake | certain | "},
		{"that somebody spoke is no claim of the author",
			`Norvik/Norvik/PROPN/NNP/2/nsubj issued/issue/VERB/VBD/0/root a/a/DET/DT/4/det statement/statement/NOUN/NN/2/obj on/on/ADP/IN/6/case Monday/Monday/PROPN/NNP/2/obl ~././PUNCT/./2/punct`,
			""},
	}
	for _, test := range tests {
		d := document(t, []string{test.row})
		for i := range d.Tokens {
			if d.Tokens[i].Deprel == "root" {
				d.Propositions = append(d.Propositions, news.Proposition{Head: i})
			}
		}
		Extract(d)
		var got []string
		for k := range d.Claims {
			if c := &d.Claims[k]; c.Source.Kind == news.Author {
				got = append(got, d.Slice(c.Extent())+" | "+string(c.Certainty)+" | "+d.Slice(c.Cue))
			}
		}
		if g := strings.Join(got, "\n"); g != test.want {
			t.Errorf("%s: got %q, want %q", test.name, g, test.want)
		}
	}
}
