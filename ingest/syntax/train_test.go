package syntax

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// toyData writes a small treebank with vectors.
func toyData(t *testing.T) (data, vectors string) {
	t.Helper()
	dir := t.TempDir()
	tree := func(doc string, verbs ...string) string {
		var b strings.Builder
		fmt.Fprintf(&b, "# newdoc id = %s\n", doc)
		for i, v := range verbs {
			fmt.Fprintf(&b, "# sent_id = %s-%d\n1\tDogs\tdog\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_\n"+
				"2\t%s\t%s\tVERB\tVBP\tVerbForm=Fin\t0\troot\t_\tSpaceAfter=No\n3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n", doc, i, v, v)
		}
		return b.String()
	}
	var glove strings.Builder
	for k, w := range []string{"dogs", "bark", "run", "."} {
		glove.WriteString(w)
		for j := range vectorSize {
			fmt.Fprintf(&glove, " %.2f", float64((k*7+j*3)%11)/11-0.5)
		}
		glove.WriteByte('\n')
	}
	for name, text := range map[string]string{
		"parse/toy-ud-train.conllu":     tree("toy", "bark", "run", "bark", "run", "sleep"),
		"parse/toy-ud-dev.conllu":       tree("dev", "run"),
		"parse/gum-open-train/a.conllu": tree("GUM_a", "bark"),
		"parse/gum-open-dev/b.conllu":   tree("GUM_b", "bark"),
		"text/plain.txt":                "Dogs run dogs bark run dogs.\n\nDogs bark dogs run run.\n",
		"vectors.txt":                   glove.String(),
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir, filepath.Join(dir, "vectors.txt")
}

func trained(t *testing.T, data, vectors, checkpoint string, epochs int) []byte {
	t.Helper()
	tr := &Trainer{Data: data, Vectors: vectors, Checkpoint: checkpoint, Epochs: epochs, Teachers: 2, TeacherEpochs: 2, Words: 10, Log: io.Discard,
		Shape: Shape{Width: 32, Arc: 32, Label: 32, Stack: "1g"}}
	if err := tr.Train(context.Background()); err != nil {
		t.Fatal(err)
	}
	m, err := tr.Model()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := m.Encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTrainingIsDeterministicAndResumable(t *testing.T) {
	data, vectors := toyData(t)
	first := trained(t, data, vectors, "", 3)
	if again := trained(t, data, vectors, "", 3); !bytes.Equal(first, again) {
		t.Error("two trainings gave different bytes")
	}
	// Stopped after an epoch, as a run that is interrupted.
	checkpoint := filepath.Join(t.TempDir(), "checkpoint")
	tr := &Trainer{Data: data, Vectors: vectors, Checkpoint: checkpoint, Epochs: 3, Teachers: 2, TeacherEpochs: 2, Words: 10,
		Shape: Shape{Width: 32, Arc: 32, Label: 32, Stack: "1g"}}
	ctx, cancel := context.WithCancel(context.Background())
	tr.Log = stopper{"epoch 1/3", cancel}
	if err := tr.Train(ctx); err == nil {
		t.Fatal("the training that was stopped gave no error")
	}
	if resumed := trained(t, data, vectors, checkpoint, 3); !bytes.Equal(first, resumed) {
		t.Error("a resumed training gave other bytes")
	}
}

// stopper cancels when a line of the log begins with something.
type stopper struct {
	prefix string
	cancel context.CancelFunc
}

func (s stopper) Write(p []byte) (int, error) {
	if strings.HasPrefix(string(p), s.prefix) {
		s.cancel()
	}
	return len(p), nil
}

func TestLoadRefusesWhatItCannotRead(t *testing.T) {
	data, vectors := toyData(t)
	good := trained(t, data, vectors, "", 1)
	if _, err := Load(good); err != nil {
		t.Fatal(err)
	}
	other := bytes.Replace(bytes.Clone(good), []byte(`"format":`), []byte(`"format":9`), 1)
	other[len(magic)]++ // the header is a byte longer
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"nothing", nil, "not a model"},
		{"another file", []byte("PK\x03\x04 something else altogether"), "not a model"},
		{"another format", other, "train it again"},
		{"cut short", good[:len(good)-7], "unexpected EOF"},
		{"cut in a table", good[:len(good)/2], "unexpected EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Load(c.data); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestTrainNamesWhatIsMissing(t *testing.T) {
	tr := &Trainer{Data: t.TempDir(), Vectors: "none", Epochs: 1, Words: 1, Log: io.Discard}
	err := tr.Train(context.Background())
	if err == nil || !strings.Contains(err.Error(), "-ud-train.conllu") {
		t.Errorf("error %v, want the missing treebank's name", err)
	}
}

func TestLemmas(t *testing.T) {
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ form, upos, xpos, want string }{
		{"was", "AUX", "VBD", "be"},
		{"said", "VERB", "VBD", "say"},
		{"attacks", "NOUN", "NNS", "attack"},
		{"companies", "NOUN", "NNS", "company"},
		{"shot", "VERB", "VBD", "shoot"},
		{"shot", "VERB", "VBN", "shoot"},
		{"withheld", "VERB", "VBD", "withhold"},
		{"overrode", "VERB", "VBD", "override"},
		{"sought", "VERB", "VBD", "seek"},
		{"laid", "VERB", "VBD", "lay"},
		{"militiamen", "NOUN", "NNS", "militiaman"},
		{"smelled", "VERB", "VBD", "smell"},
		{"provoking", "VERB", "VBG", "provoke"},
		{"series", "NOUN", "NNS", "series"},
		{"hijacked", "VERB", "VBN", "hijack"},
		{"exfiltrating", "VERB", "VBG", "exfiltrate"},
		{"Microsoft", "PROPN", "NNP", "Microsoft"},
		{"WannaCry", "PROPN", "NNP", "WannaCry"},
		{"The", "DET", "DT", "the"},
		{"n't", "PART", "RB", "not"},
		{"n’t", "PART", "RB", "not"},
		{"children", "NOUN", "NNS", "child"},
		{"ransomwares", "NOUN", "NNS", "ransomware"},
	} {
		if got := m.lemmas.lemma(c.form, c.upos, c.xpos); got != c.want {
			t.Errorf("lemma of %s/%s is %q, want %q", c.form, c.xpos, got, c.want)
		}
	}
}

func TestRetrainingTheSegmenterGivesTheBytesOfAWholeTraining(t *testing.T) {
	data, vectors := toyData(t)
	want := trained(t, data, vectors, "", 2)
	old, err := decode(want)
	if err != nil {
		t.Fatal(err)
	}
	old.header.Segmenter--
	clear(old.tokeniser.cuts.weights)
	clear(old.splitter.borders.weights)
	old.lemmas = parseLemmas("")
	var b bytes.Buffer
	if err := old.Encode(&b); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.bin")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(b.Bytes()); err == nil || !strings.Contains(err.Error(), "segmenter of version") {
		t.Errorf("error %v, want the segmenter's version refused", err)
	}
	tr := &Trainer{Data: data, Log: io.Discard}
	m, err := tr.Retrain(path)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := m.Encode(&got); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Error("other bytes than those of the whole training")
	}
	if err := os.WriteFile(filepath.Join(data, "parse/toy-ud-train.conllu"), []byte("1\tHi\thi\tINTJ\tUH\t_\t0\troot\t_\t_\n\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := tr.Retrain(path); err == nil || !strings.Contains(err.Error(), "toy-ud-train.conllu") {
		t.Errorf("error %v, want the treebank that differs named", err)
	}
}
