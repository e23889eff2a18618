package entity

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

func person(iri, name string, roles map[string][]string, docs ...string) Seen {
	return Seen{IRI: iri, Name: name, Class: "hs:Person", Documents: docs, Roles: roles}
}

func body(iri, name string, docs ...string) Seen {
	return Seen{IRI: iri, Name: name, Class: "hs:Organization", Documents: docs}
}

// company are bodies that the documents share, so that they tell something, and
// many that others have.
func company(docs ...string) []Seen {
	out := []Seen{body("hs:Acme", "Acme Widgets", docs...), body("hs:Bolt", "Bolt Works", docs...), body("hs:Nut", "Nut Union", docs...)}
	for _, d := range strings.Split("pqrstuvwxyz", "") {
		out = append(out, body("hs:Other"+d, "Other "+d, d))
	}
	return out
}

func TestIdentifyMerges(t *testing.T) {
	president := func(d string) map[string][]string { return map[string][]string{d: {"president"}} }
	gft := body("hs:GeorgianTennisFederation", "Georgian Tennis Federation", "a")
	gft.Aliases = []string{"GFT"}
	for _, c := range []struct {
		why  string
		seen []Seen
		want string // A<B:rule, "" for none
	}{
		{"family name, role and company", append(company("a", "b"), person("hs:AnnTrout", "Ann Trout", president("a"), "a"), person("hs:Trout", "Trout", president("b"), "b")), "hs:AnnTrout<hs:Trout:partial-name"},
		{"family name alone", []Seen{person("hs:AnnTrout", "Ann Trout", nil, "a"), person("hs:Trout", "Trout", nil, "b")}, ""},
		{"family name of two, company alone", append(company("a", "b"), person("hs:AnnTrout", "Ann Trout", nil, "a"), person("hs:BobTrout", "Bob Trout", nil, "c"), person("hs:Trout", "Trout", nil, "b")), ""},
		{"both in one document", append(company("a", "b"), person("hs:AnnTrout", "Ann Trout", president("a"), "a", "b"), person("hs:Trout", "Trout", president("b"), "b")), ""},
		{"spelling", []Seen{person("hs:VolodymyrZelensky", "Volodymyr Zelensky", nil, "a", "c"), person("hs:VolodymyrZelenskyy", "Volodymyr Zelenskyy", nil, "b")}, "hs:VolodymyrZelensky<hs:VolodymyrZelenskyy:spelling"},
		{"accents", []Seen{person("hs:JoseGil", "Jose Gil", nil, "a"), person("hs:JoséGil", "José Gil", nil, "b")}, "hs:JoseGil<hs:JoséGil:spelling"},
		{"acronym that a document explains", []Seen{gft, body("hs:GFT", "GFT", "b")}, "hs:GeorgianTennisFederation<hs:GFT:acronym"},
		{"acronym that none explains", []Seen{body("hs:GreatFishTrust", "Great Fish Trust", "a"), body("hs:GFT", "GFT", "b")}, ""},
		{"middle name, company", append(company("a", "b"), person("hs:JohnFKerry", "John F. Kerry", nil, "a"), person("hs:JohnKerry", "John Kerry", nil, "b")), "hs:JohnFKerry<hs:JohnKerry:middle-name"},
		{"other middle name", append(company("a", "b"), person("hs:JohnAKerry", "John A. Kerry", nil, "a"), person("hs:JohnBKerry", "John B. Kerry", nil, "b")), ""},
		{"short name, company", append(company("a", "b"), body("hs:BracknoyLines", "Bracknoy Lines", "a"), body("hs:Bracknoy", "Bracknoy", "b")), "hs:BracknoyLines<hs:Bracknoy:short-name"},
		{"short name, strangers", []Seen{body("hs:BracknoyLines", "Bracknoy Lines", "a"), body("hs:Bracknoy", "Bracknoy", "b")}, ""},
		{"known entities stay", []Seen{{IRI: "hs:A", Name: "Jose Gil", Class: "hs:Person", Known: true, Documents: []string{"a"}}, {IRI: "hs:B", Name: "José Gil", Class: "hs:Person", Known: true, Documents: []string{"b"}}}, ""},
		{"other class", []Seen{person("hs:JoseGil", "Jose Gil", nil, "a"), body("hs:JoséGil_Organization", "José Gil", "b")}, ""},
	} {
		var got []string
		for _, id := range Identify(c.seen, nil) {
			got = append(got, id.A+"<"+id.B+":"+id.Rule)
			if id.Score <= 0 || id.Score > 1 || id.Evidence == "" || len(id.Documents) == 0 {
				t.Errorf("%s: incomplete: %+v", c.why, id)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %q, want %q", c.why, s, c.want)
		}
	}
}

func TestIdentifyNamesakes(t *testing.T) {
	john := person("hs:JohnSmith", "John Smith", map[string][]string{"a": {"mayor of Ashford"}, "b": {"striker"}, "c": {"mayor"}}, "a", "b", "c")
	ids := Identify([]Seen{john}, nil)
	if len(ids) != 2 || ids[0].Owner != "hs:JohnSmith_MayorOfAshford" && ids[0].Owner != "hs:JohnSmith_Mayor" || ids[1].Owner != "hs:JohnSmith_Striker" ||
		!reflect.DeepEqual(ids[0].Documents, []string{"a", "c"}) {
		t.Fatalf("%+v", ids)
	}
	who := Canonical(ids)
	if who("a", "hs:JohnSmith") != who("c", "hs:JohnSmith") || who("a", "hs:JohnSmith") == who("b", "hs:JohnSmith") || who("z", "hs:JohnSmith") != "hs:JohnSmith" {
		t.Error("documents of the two are not told apart")
	}
	if ids := Identify([]Seen{john}, []Decision{{One: true, From: "hs:JohnSmith"}}); len(ids) != 0 {
		t.Errorf("decided to be one: %+v", ids)
	}
	for why, s := range map[string][]Seen{
		"the same office of two places is two": {person("hs:JohnSmith", "John Smith", map[string][]string{"a": {"mayor of Ashford"}, "b": {"mayor of Leeds"}}, "a", "b")},
		"no role in one":                       {person("hs:JohnSmith", "John Smith", map[string][]string{"a": {"mayor"}}, "a", "b")},
		"company in common":                    append(company("a", "b"), person("hs:JohnSmith", "John Smith", map[string][]string{"a": {"mayor"}, "b": {"striker"}}, "a", "b")),
	} {
		want := 0
		if strings.HasSuffix(why, "is two") {
			want = 2
		}
		if ids := Identify(s, nil); len(ids) != want {
			t.Errorf("%s: %+v", why, ids)
		}
	}
}

func TestIdentifyDecisions(t *testing.T) {
	seen := []Seen{person("hs:JoseGil", "Jose Gil", nil, "a"), person("hs:JoséGil", "José Gil", nil, "b")}
	if ids := Identify(seen, []Decision{{Apart: true, From: "hs:JoséGil", To: "hs:JoseGil"}}); len(ids) != 0 {
		t.Errorf("apart by decision: %+v", ids)
	}
}

// A document more changes no IRI, and the order of what was seen changes nothing.
func TestIdentifyOrder(t *testing.T) {
	seen := append(company("a", "b"), person("hs:AnnTrout", "Ann Trout", map[string][]string{"a": {"president"}}, "a"),
		person("hs:Trout", "Trout", map[string][]string{"b": {"president"}}, "b"),
		person("hs:JohnSmith", "John Smith", map[string][]string{"p": {"mayor"}, "q": {"striker"}}, "p", "q"))
	want := Identify(seen, nil)
	if len(want) != 3 {
		t.Fatalf("%+v", want)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		rng.Shuffle(len(seen), func(i, j int) { seen[i], seen[j] = seen[j], seen[i] })
		if got := Identify(seen, nil); !reflect.DeepEqual(got, want) {
			t.Fatalf("another order: %+v, want %+v", got, want)
		}
	}
	more := Identify(append(seen, person("hs:EveBlack", "Eve Black", nil, "n")), nil)
	owners := map[string]bool{}
	for _, id := range more {
		owners[id.Owner] = true
	}
	for _, id := range want {
		if !owners[id.Owner] {
			t.Errorf("a document more took %s away: %+v", id.Owner, more)
		}
	}
}
