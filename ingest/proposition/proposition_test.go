package proposition

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hearsay/ingest/news"
)

// show writes a proposition as (subject | relation | object) predicate and what
// is not plain about it.
func show(d *news.Document, p *news.Proposition) string {
	s := fmt.Sprintf("(%s | %s | %s) %s", d.Slice(p.Subject.Span), p.Relation.Text, d.Slice(p.Object.Span), p.Relation.Predicate)
	if p.Relation.Inverse {
		s += " inverse"
	}
	if p.Polarity != news.Positive {
		s += " " + string(p.Polarity)
	}
	if p.Certainty != news.Certain {
		s += " " + string(p.Certainty)
	}
	if q := p.Quantity; q != nil {
		s += fmt.Sprintf(" %s %g %s", q.Bound, q.Value, q.Unit)
	}
	for _, a := range p.Arguments {
		s += fmt.Sprintf(" [%s: %s]", a.Role, d.Slice(a.Span))
	}
	return s
}

var extractTests = []struct {
	name, tree string
	want       []string
}{
	{"apposition and relative clause", `Choi/Choi/PROPN/NNP/12/nsubj ,/,/PUNCT/,/4/punct a/a/DET/DT/4/det director/director/NOUN/NN/1/appos at/at/ADP/IN/6/case Hauri/Hauri/PROPN/NNP/4/nmod
		who/who/PRON/WP/9/nsubj has/have/AUX/VBZ/9/aux analyzed/analyze/VERB/VBN/1/acl:relcl malware/malware/NOUN/NN/9/obj ,/,/PUNCT/,/9/punct left/leave/VERB/VBD/0/root`,
		[]string{"(Choi | is a director at | Hauri) hs:directorAt", "(Choi | has analyzed | malware) hs:rel/analyze", "(Choi | left | ) hs:rel/leave"}},
	{"passive, negation and nominal", `the/the/DET/DT/2/det attack/attack/NOUN/NN/7/nsubj:pass on/on/ADP/IN/4/case Sony/Sony/PROPN/NNP/2/nmod was/be/AUX/VBD/7/aux:pass not/not/PART/RB/7/advmod
		attributed/attribute/VERB/VBN/0/root to/to/ADP/IN/9/case Korea/Korea/PROPN/NNP/7/obl`,
		[]string{"(the attack | attack on | Sony) hs:targets", "(the attack on Sony | was not attributed to | Korea) hs:attributed-to negative probable"}},
	{"modal and inverse predicate", `Lazarus/Lazarus/PROPN/NNP/4/nsubj may/may/AUX/MD/4/aux be/be/AUX/VB/4/cop responsible/responsible/ADJ/JJ/0/root for/for/ADP/IN/7/case the/the/DET/DT/7/det hack/hack/NOUN/NN/4/obl`,
		[]string{"(Lazarus | may be responsible for | the hack) hs:attributed-to inverse possible"}},
	{"quantity with a bound, particle, agentless passive", `more/more/ADJ/JJR/3/advmod than/than/ADP/IN/1/fixed 300,000/300,000/NUM/CD/4/nummod computers/computer/NOUN/NNS/6/nsubj:pass were/be/AUX/VBD/6/aux:pass taken/take/VERB/VBN/0/root
		down/down/ADP/RP/6/compound:prt around/around/ADP/IN/10/case the/the/DET/DT/10/det world/world/NOUN/NN/6/obl`,
		[]string{"(more than 300,000 computers | were taken down | ) hs:affected inverse more-than 300000 computer [place: around the world]"}},
	{"passive with agent", `the/the/DET/DT/2/det site/site/NOUN/NN/4/nsubj:pass was/be/AUX/VBD/4/aux:pass scrubbed/scrub/VERB/VBN/0/root by/by/ADP/IN/6/case Lazarus/Lazarus/PROPN/NNP/4/obl:agent`,
		[]string{"(the site | was scrubbed by | Lazarus) hs:rel/scrub inverse"}},
	{"coordination is distributed", `Ann/Ann/PROPN/NNP/4/nsubj and/and/CCONJ/CC/3/cc Bob/Bob/PROPN/NNP/1/conj bought/buy/VERB/VBD/0/root tea/tea/NOUN/NN/4/obj and/and/CCONJ/CC/8/cc quickly/quickly/ADV/RB/8/advmod left/leave/VERB/VBD/4/conj`,
		[]string{"(Ann | bought | tea) hs:rel/buy", "(Bob | bought | tea) hs:rel/buy", "(Ann | quickly left | ) hs:rel/leave", "(Bob | quickly left | ) hs:rel/leave"}},
	{"failed attempt, purpose", `they/they/PRON/PRP/2/nsubj failed/fail/VERB/VBD/0/root to/to/PART/TO/4/mark stop/stop/VERB/VB/2/xcomp it/it/PRON/PRP/4/obj to/to/PART/TO/7/mark save/save/VERB/VB/4/advcl money/money/NOUN/NN/7/obj`,
		[]string{"(they | failed to stop | it) hs:rel/fail-to-stop negative [other: to save money]", "(they | save | money) hs:rel/save unknown"}},
	{"plan and belief", `he/he/PRON/PRP/3/nsubj:pass is/be/AUX/VBZ/3/aux:pass believed/believe/VERB/VBN/0/root to/to/PART/TO/5/mark plan/plan/VERB/VB/3/xcomp to/to/PART/TO/7/mark rob/rob/VERB/VB/5/xcomp banks/bank/NOUN/NNS/7/obj`,
		[]string{"(he | is believed to plan to rob | banks) hs:rel/be-believed-to-plan-to-rob unknown"}},
	{"condition", `if/if/SCONJ/IN/3/mark it/it/PRON/PRP/3/nsubj fails/fail/VERB/VBZ/6/advcl we/we/PRON/PRP/6/nsubj would/would/AUX/MD/6/aux leave/leave/VERB/VB/0/root`,
		[]string{"(it | fails | ) hs:rel/fail unknown", "(we | would leave | ) hs:rel/leave unknown [other: if it fails]"}},
	{"what evidence is too weak for", `logs/log/NOUN/NNS/4/nsubj are/be/AUX/VBP/4/cop not/not/PART/RB/4/advmod enough/enough/ADJ/JJ/0/root to/to/PART/TO/6/mark prove/prove/VERB/VB/4/advcl that/that/SCONJ/IN/9/mark Iran/Iran/PROPN/NNP/9/nsubj bombed/bomb/VERB/VBD/6/ccomp it/it/PRON/PRP/9/obj`,
		[]string{"(logs | are | not enough) hs:rel/be negative [other: to prove that Iran bombed it]", "(Iran | bombed | it) hs:targets unknown"}},
	{"what is called false", `claims/claim/NOUN/NNS/7/nsubj that/that/SCONJ/IN/4/mark Iran/Iran/PROPN/NNP/4/nsubj bombed/bomb/VERB/VBD/1/acl it/it/PRON/PRP/4/obj were/be/AUX/VBD/7/cop false/false/ADJ/JJ/0/root`,
		[]string{"(Iran | bombed | it) hs:targets unknown", "(claims that Iran bombed it | were | false) hs:rel/be"}},
	{"a report states only its content", `police/police/NOUN/NN/2/nsubj said/say/VERB/VBD/0/root no/no/DET/DT/4/det shots/shot/NOUN/NNS/6/nsubj:pass were/be/AUX/VBD/6/aux:pass fired/fire/VERB/VBN/2/ccomp`,
		[]string{"(no shots | were fired | ) hs:rel/be-fired negative"}},
	{"existential", `there/there/PRON/EX/2/expl is/be/VERB/VBZ/0/root a/a/DET/DT/4/det flaw/flaw/NOUN/NN/2/nsubj in/in/ADP/IN/6/case Windows/Windows/PROPN/NNP/2/obl`,
		[]string{"(a flaw | is in | Windows) hs:rel/be-in"}},
	{"ditransitive", `she/she/PRON/PRP/2/nsubj gave/give/VERB/VBD/0/root him/he/PRON/PRP/2/iobj a/a/DET/DT/5/det list/list/NOUN/NN/2/obj`,
		[]string{"(she | gave | a list) hs:rel/give [other: him]"}},
	{"light verb", `Iran/Iran/PROPN/NNP/2/nsubj played/play/VERB/VBD/0/root a/a/DET/DT/4/det role/role/NOUN/NN/2/obj in/in/ADP/IN/7/case the/the/DET/DT/7/det attack/attack/NOUN/NN/2/obl`,
		[]string{"(Iran | played a role in | the attack) hs:involvedIn"}},
	{"a questioned role is not the questioner's", `Experts/expert/NOUN/NNS/2/nsubj question/question/VERB/VBP/0/root Iran/Iran/PROPN/NNP/4/compound role/role/NOUN/NN/2/obj in/in/ADP/IN/7/case the/the/DET/DT/7/det attack/attack/NOUN/NN/2/obl`,
		[]string{"(Experts | question | Iran role) hs:rel/question [other: in the attack]", "(Iran | role in | the attack) hs:involvedIn probable"}},
	{"a role that nobody is said to have", `Experts/expert/NOUN/NNS/2/nsubj saw/see/VERB/VBD/0/root a/a/DET/DT/4/det role/role/NOUN/NN/2/obj in/in/ADP/IN/7/case the/the/DET/DT/7/det attack/attack/NOUN/NN/4/nmod`,
		[]string{"(Experts | saw | a role in the attack) hs:rel/see"}},
	{"denied involvement is read, and left open", `Iran/Iran/PROPN/NNP/2/nsubj denied/deny/VERB/VBD/0/root any/any/DET/DT/4/det role/role/NOUN/NN/2/obj in/in/ADP/IN/7/case the/the/DET/DT/7/det attack/attack/NOUN/NN/4/nmod`,
		[]string{"(Iran | role in | the attack) hs:involvedIn unknown"}},
	{"denied part whose event hangs on the verb", `Iran/Iran/PROPN/NNP/2/nsubj denied/deny/VERB/VBD/0/root any/any/DET/DT/4/det part/part/NOUN/NN/2/obj in/in/ADP/IN/7/case the/the/DET/DT/7/det attack/attack/NOUN/NN/2/obl`,
		[]string{"(Iran | part in | the attack) hs:involvedIn unknown"}},
	{"imputed guilt is never certain", `they/they/PRON/PRP/2/nsubj blamed/blame/VERB/VBD/0/root Iran/Iran/PROPN/NNP/2/obj for/for/ADP/IN/6/case the/the/DET/DT/6/det attack/attack/NOUN/NN/2/obl`,
		[]string{"(the attack | blamed | Iran) hs:attributed-to probable"}},
	{"clause of an accusation takes the object as subject", `they/they/PRON/PRP/2/nsubj accused/accuse/VERB/VBD/0/root it/it/PRON/PRP/2/obj of/of/SCONJ/IN/8/mark being/be/AUX/VBG/8/cop behind/behind/ADP/IN/8/case the/the/DET/DT/8/det hack/hack/NOUN/NN/2/advcl`,
		[]string{"(they | accused | it) hs:accuses [other: of being behind the hack]", "(it | being behind | the hack) hs:attributed-to inverse probable"}},
	{"an open place keeps the predicate", `Iran/Iran/PROPN/NNP/3/nsubj was/be/AUX/VBD/3/cop involved/involved/ADJ/JJ/0/root`,
		[]string{"(Iran | was involved | ) hs:involvedIn"}},
	{"negative: a compound name is no culprit", `the/the/DET/DT/3/det Wana/Wana/PROPN/NNP/3/compound attack/attack/NOUN/NN/4/nsubj ended/end/VERB/VBD/0/root`,
		[]string{"(the Wana attack | ended | ) hs:rel/end"}},
	{"no evidence that they did it", `they/they/PRON/PRP/2/nsubj had/have/VERB/VBD/0/root no/no/DET/DT/4/det evidence/evidence/NOUN/NN/2/obj that/that/SCONJ/IN/7/mark Bob/Bob/PROPN/NNP/7/nsubj fled/flee/VERB/VBD/4/acl`,
		[]string{"(they | had | no evidence that Bob fled) hs:rel/have negative", "(Bob | fled | ) hs:rel/flee unknown"}},
	{"agreement mends a clause hung too high", `it/it/PRON/PRP/2/nsubj has/have/VERB/VBZ/0/root parts/part/NOUN/NNS/2/obj that/that/PRON/WDT/5/nsubj work/work/VERB/VBP/3/acl:relcl and/and/CCONJ/CC/8/cc were/be/AUX/VBD/8/aux:pass sold/sell/VERB/VBN/2/conj`,
		[]string{"(it | has | parts) hs:rel/have", "(parts | work | ) hs:rel/work", "(parts | were sold | ) hs:rel/be-sold"}},
	{"who speaks in the past of the present", `he/he/PRON/PRP/2/nsubj said/say/VERB/VBD/0/root Oslo/Oslo/PROPN/NNP/5/nsubj is/be/AUX/VBZ/5/cop safe/safe/ADJ/JJ/2/ccomp and/and/CCONJ/CC/7/cc grows/grow/VERB/VBZ/2/conj`,
		[]string{"(Oslo | is | safe) hs:rel/be", "(Oslo | grows | ) hs:rel/grow"}},
	{"it stands for the clause that follows", `it/it/PRON/PRP/4/nsubj is/be/AUX/VBZ/4/cop too/too/ADV/RB/4/advmod early/early/ADJ/JJ/0/root to/to/PART/TO/6/mark tell/tell/VERB/VB/4/advcl`, nil},
	{"negative: a former president is none", `Mo/Mo/PROPN/NNP/5/nsubj is/be/AUX/VBZ/5/cop a/a/DET/DT/5/det former/former/ADJ/JJ/5/amod president/president/NOUN/NN/0/root of/of/ADP/IN/7/case Chad/Chad/PROPN/NNP/5/nmod`,
		[]string{"(Mo | is | a former president of Chad) hs:rel/be"}},
	{"numbers in coordinated harm", `22/22/NUM/CD/2/nummod people/people/NOUN/NNS/4/nsubj:pass were/be/AUX/VBD/4/aux:pass killed/kill/VERB/VBN/0/root and/and/CCONJ/CC/7/cc 59/59/NUM/CD/7/nummod injured/injure/VERB/VBN/4/conj`,
		[]string{"(22 people | were killed | ) hs:killed inverse exact 22 people", "(59 | injured | ) hs:injured inverse exact 59 people"}},
}

// tree turns words written form/lemma/UPOS/XPOS/head/relation into CoNLL-U rows.
func tree(words string) string {
	var b strings.Builder
	for i, w := range strings.Fields(words) {
		c := strings.Split(w, "/")
		fmt.Fprintf(&b, "%d %s %s %s %s _ %s %s\n", i+1, c[0], c[1], c[2], c[3], c[4], c[5])
	}
	return b.String()
}

func TestExtract(t *testing.T) {
	for _, test := range extractTests {
		t.Run(test.name, func(t *testing.T) {
			d := document(tree(test.tree))
			Extract(d, nil)
			var got []string
			for i := range d.Propositions {
				got = append(got, show(d, &d.Propositions[i]))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("%s\ngot:\n  %s\nwant:\n  %s", d.Text, strings.Join(got, "\n  "), strings.Join(test.want, "\n  "))
			}
		})
	}
}
