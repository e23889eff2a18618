package entity_test

import (
	"testing"

	"hearsay/ingest/entity"
	"hearsay/ingest/news"
	"hearsay/ingest/syntax"
	"hearsay/seeds"
)

// read runs text through the embedded models.
func read(t *testing.T, text string) *news.Document {
	t.Helper()
	model, err := syntax.Default()
	if err != nil {
		t.Fatal(err)
	}
	table, err := seeds.Entities()
	if err != nil {
		t.Fatal(err)
	}
	entities, err := entity.ReadTable(table)
	if err != nil {
		t.Fatal(err)
	}
	d := &news.Document{ID: "t", IRI: "hs:doc/t-00000000", Text: text}
	model.Annotate(d)
	entity.Resolve(d, entity.NewKnown(entities))
	return d
}

// The mention, the first of its words in the text, stands for the entity; "" is
// for one that must stay unresolved.
func TestResolve(t *testing.T) {
	for _, c := range []struct{ rule, text, mention, want string }{
		{"pronoun", "Captain Ada Stone told the press that the search was over. She said the sea was calm.", "She", "hs:AdaStone"},
		{"speaks again", `Brian Hook said, "It is over." He added, "It was hard."`, "He", "hs:BrianHook"},
		{"no person to be he", "The storm hit the coast. The rain went on. He estimated that many roads were closed.", "He", ""},
		{"family name", "Simon Choi spoke on Monday. Choi was clear.", "Choi was", "hs:SimonChoi"},
		{"acronym", "The Joint Rescue Council (JRC) met in Oslo. The JRC was blunt.", "The JRC", "hs:JointRescueCouncil"},
		{"title", "US Secretary of State Mike Pompeo spoke.", "US Secretary", "hs:MikePompeo"},
		{"apposition", "The Senate Minority Leader, Chuck Schumer, objected.", "The Senate Minority", "hs:ChuckSchumer"},
		{"alias", "The group HIDDEN COBRA struck.", "HIDDEN COBRA", "hs:LazarusGroup"},
		{"government", "The German government objected.", "The German government", "hs:Germany"},
		{"institution", "Chinese state media objected.", "Chinese state media", "hs:ChineseStateMedia"},
		{"mission", "The North Korean mission to the United Nations was silent.", "The North", "hs:NorthKoreanMissionToTheUnitedNations"},
		{"short country", "North Korea denied it. The attack came from the North, he said.", "the North,", "hs:NorthKorea"},
		{"capital acts", "China and Russia met. Beijing denied the claim.", "Beijing", "hs:China"},
		{"capital is a place", "They met in Beijing on Monday.", "Beijing", "hs:Beijing"},
		{"demonym", "A Chinese firm failed.", "Chinese", "hs:China"},
		{"indicator", "It called evil[.]example[.]com twice.", "evil[.]example", "hs:domain/evil.example.com"},
	} {
		d := read(t, c.text)
		if got := iriAt(d, c.mention); got != c.want {
			t.Errorf("%s: %q in %q is %q, want %q", c.rule, c.mention, c.text, got, c.want)
		}
	}
}

// iriAt is the entity of the mention that begins where the words do.
func iriAt(d *news.Document, words string) string {
	at := -1
	for i := 0; i+len(words) <= len(d.Text); i++ {
		if d.Text[i:i+len(words)] == words {
			at = i
		}
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Start == at {
			if m.Entity < 0 {
				return ""
			}
			return d.Entities[m.Entity].IRI
		}
		// "the North" may be a mention without its article.
		if m.Start == at+len("the ") && words[:4] == "the " && m.Entity >= 0 {
			return d.Entities[m.Entity].IRI
		}
	}
	return "no mention"
}
