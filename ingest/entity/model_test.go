package entity

import (
	"bytes"
	"reflect"
	"testing"
)

// The stage works without its models; that they are there is tested here.
func TestEmbeddedModels(t *testing.T) {
	if embedded() == nil {
		t.Error("the recogniser can't be read")
	}
	if _, err := readWeights(pronounModel); err != nil {
		t.Error(err)
	}
	tab := facts()
	if len(tab.words) < 10000 || len(tab.nouns) < 5000 || len(tab.names) < 30000 || tab.demonym["Chinese"] != "China" || tab.capital["Pyongyang"] != "North Korea" {
		t.Errorf("tables: %d words, %d nouns, %d names", len(tab.words), len(tab.nouns), len(tab.names))
	}
}

func TestRecogniserRoundTrip(t *testing.T) {
	var b bytes.Buffer
	if err := embedded().Save(&b); err != nil {
		t.Fatal(err)
	}
	again, err := LoadRecogniser(&b)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(again, embedded()) {
		t.Error("a saved recogniser is another one when it is read")
	}
	if _, err := LoadRecogniser(bytes.NewReader([]byte("no model"))); err == nil {
		t.Error("a file that is no model was read")
	}
}

func TestReadWeights(t *testing.T) {
	for name, text := range map[string]string{"no number": "x 1\n", "out of range": "99999 1\n", "no weight": "1\n"} {
		if _, err := readWeights(text); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
