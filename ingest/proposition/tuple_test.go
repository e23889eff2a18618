package proposition

import (
	"slices"
	"strings"
	"testing"
)

var tupleTests = []struct {
	name, tree string
	want       []string
}{
	{"reporting clause and its content", `Ann/Ann/PROPN/NNP/2/nsubj said/say/VERB/VBD/0/root that/that/SCONJ/IN/5/mark they/they/PRON/PRP/5/nsubj failed/fail/VERB/VBD/2/ccomp in/in/ADP/IN/7/case May/May/PROPN/NNP/5/obl`,
		[]string{"Ann | said that | they failed in May", "they | failed | in May"}},
	{"apposition, title and genitive", `Sony/Sony/PROPN/NNP/3/nmod:poss 's/'s/PART/POS/1/case director/director/NOUN/NN/6/nsubj ,/,/PUNCT/,/5/punct Ann/Ann/PROPN/NNP/3/appos left/leave/VERB/VBD/0/root Rome/Rome/PROPN/NNP/6/obj`,
		[]string{"Sony | has | director", "Sony 's director | is | Ann", "Sony 's director | left | Rome"}},
	{"a place in apposition to a place", `she/she/PRON/PRP/2/nsubj lives/live/VERB/VBZ/0/root in/in/ADP/IN/4/case Lyon/Lyon/PROPN/NNP/2/obl ,/,/PUNCT/,/6/punct France/France/PROPN/NNP/4/appos`,
		[]string{"she | lives in | Lyon", "Lyon | is in | France"}},
	{"shared object of coordinated verbs", `they/they/PRON/PRP/2/nsubj found/find/VERB/VBD/0/root and/and/CCONJ/CC/4/cc removed/remove/VERB/VBD/2/conj the/the/DET/DT/6/det code/code/NOUN/NN/2/obj`,
		[]string{"they | found | the code", "they | removed | the code"}},
	{"object of a relative clause without a pronoun", `the/the/DET/DT/2/det code/code/NOUN/NN/5/nsubj they/they/PRON/PRP/4/nsubj used/use/VERB/VBD/2/acl:relcl spread/spread/VERB/VBD/0/root worms/worm/NOUN/NNS/5/obj`,
		[]string{"they | used | the code", "the code | spread | worms"}},
	{"object of control", `they/they/PRON/PRP/2/nsubj urged/urge/VERB/VBD/0/root him/he/PRON/PRP/2/obj to/to/PART/TO/5/mark leave/leave/VERB/VB/2/xcomp Rome/Rome/PROPN/NNP/5/obj`,
		[]string{"they | urged | him | to leave Rome", "him | leave | Rome"}},
	{"examples", `worms/worm/NOUN/NNS/5/nsubj such/such/ADJ/JJ/4/case as/as/ADP/IN/2/fixed Wana/Wana/PROPN/NNP/1/nmod infect/infect/VERB/VBP/0/root computers/computer/NOUN/NNS/5/obj`,
		[]string{"worms | such as | Wana", "worms such as Wana | infect | computers"}},
	{"negative: a verb alone is no tuple", `it/it/PRON/PRP/2/nsubj failed/fail/VERB/VBD/0/root`, nil},
	{"negative: an order has no subject", `stop/stop/VERB/VB/0/root it/it/PRON/PRP/1/obj`, nil},
	{"negative: the said clause is none", `the/the/DET/DT/3/det said/say/VERB/VBN/3/acl lap/lap/NOUN/NN/4/nsubj ended/end/VERB/VBD/0/root it/it/PRON/PRP/4/obj`,
		[]string{"the said lap | ended | it"}},
}

func TestTuples(t *testing.T) {
	for _, test := range tupleTests {
		t.Run(test.name, func(t *testing.T) {
			d := document(tree(test.tree))
			var got []string
			for _, u := range Tuples(d, 0) {
				if u.Confidence <= 0 || u.Confidence >= 1 {
					t.Errorf("confidence %g: want one between 0 and 1", u.Confidence)
				}
				got = append(got, strings.Join(append([]string{u.Args[0], u.Relation}, u.Args[1:]...), " | "))
			}
			slices.Sort(got)
			slices.Sort(test.want)
			if !slices.Equal(got, test.want) {
				t.Errorf("%s\ngot:\n  %s\nwant:\n  %s", d.Text, strings.Join(got, "\n  "), strings.Join(test.want, "\n  "))
			}
		})
	}
}
