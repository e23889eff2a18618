package queries

import "testing"

func TestBuiltinParse(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	t.Log(set.Names())
}
