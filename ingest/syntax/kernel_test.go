package syntax

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"hearsay/ingest/news"
	"hearsay/ingest/syntax/nn"
)

// TestLayersDontDependOnTheKernel reads a text in a process for each kernel that
// this machine runs, and wants the same layers.
func TestLayersDontDependOnTheKernel(t *testing.T) {
	text, err := os.ReadFile("testdata/news.txt")
	if err != nil {
		t.Fatal(err)
	}
	d := annotate(t, string(text)[:1000])
	layers, err := json.Marshal([]any{d.Sentences, d.Tokens})
	if err != nil {
		t.Fatal(err)
	}
	result := fmt.Sprintf("%s %x", nn.Kernel(), sha256.Sum256(layers))
	const child = "SYNTAX_KERNEL_CHILD"
	if os.Getenv(child) != "" {
		fmt.Println("result:", result)
		return
	}
	_, want, _ := strings.Cut(result, " ")
	for _, name := range nn.Kernels() {
		cmd := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$", "-test.v")
		cmd.Env = append(os.Environ(), child+"=1", "HEARSAY_KERNEL="+name)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		_, line, _ := strings.Cut(string(out), "result: ")
		kernel, got, _ := strings.Cut(strings.SplitN(line, "\n", 2)[0], " ")
		if kernel != name {
			t.Errorf("kernel %s was used, want %s", kernel, name)
		}
		if got != want {
			t.Errorf("kernel %s gives other layers than %s", name, nn.Kernel())
		}
	}
}

// Documents read at the same time get the layers they get alone.
func TestAnnotateIsSafeForConcurrentUse(t *testing.T) {
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"The bank was robbed.", "Kaspersky denied it, and so did others.", "“No,” she said."}
	want := make([]string, len(texts))
	for i, text := range texts {
		d := &news.Document{Text: text}
		m.Annotate(d)
		want[i] = fmt.Sprint(d.Sentences, d.Tokens)
	}
	done := make(chan string)
	for range 4 {
		go func() {
			for range 20 {
				for i, text := range texts {
					d := &news.Document{Text: text}
					m.Annotate(d)
					if got := fmt.Sprint(d.Sentences, d.Tokens); got != want[i] {
						done <- got
						return
					}
				}
			}
			done <- ""
		}()
	}
	for range 4 {
		if got := <-done; got != "" {
			t.Errorf("other layers: %s", got)
		}
	}
}
