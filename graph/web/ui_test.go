package web

import (
	"regexp"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/ui"
)

// namespaces are names in XML, at which nobody asks for anything.
var namespaces = regexp.MustCompile(`http://www\.w3\.org/(2000/svg|1999/xlink|1999/xhtml|1998/Math/MathML|XML/1998/namespace|2000/xmlns/)`)

var hosts = regexp.MustCompile(`(?i)(https?:)?//[a-z0-9-]+(\.[a-z0-9-]+)+[^\s"'()]*|localhost:\d+`)

func TestNothingNamesAnotherHost(t *testing.T) {
	for _, writable := range []bool{false, true} {
		b, err := newBundle(writable)
		if err != nil {
			t.Fatal(err)
		}
		b.files["index.html"] = b.index
		for name, data := range b.files {
			if strings.HasSuffix(name, ".png") {
				continue
			}
			text := namespaces.ReplaceAllString(string(data), "")
			for _, host := range hosts.FindAllString(text, -1) {
				t.Errorf("%s names %s", name, host)
			}
		}
	}
}

// TestBundleVersion names the version of Cayley whose user interface was read.
// Another one needs a look at what its pages ask for, beyond the exact edits.
func TestBundleVersion(t *testing.T) {
	const read = "v0.7.7-0.20240706181042-81dcd7d73e45"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		t.Skip("built without module information")
	}
	for _, m := range info.Deps {
		if m.Path == "github.com/cayleygraph/cayley" && m.Version != read {
			t.Errorf("cayley is %s, its user interface was read at %s", m.Version, read)
		}
	}
}

func TestChangedBundleIsRefused(t *testing.T) {
	data, err := ui.FS.ReadFile("web/" + appFile)
	if err != nil {
		t.Fatal(err)
	}
	edits := cayleyEdits(false)[appFile]
	if _, err := apply(appFile, data, edits); err != nil {
		t.Fatal(err)
	}
	changed := []byte(strings.Replace(string(data), "localhost:64210", "localhost:64211", 1))
	if _, err := apply(appFile, changed, edits); err == nil || !strings.Contains(err.Error(), appFile) {
		t.Errorf("a changed bundle gives %v, want an error that names %s", err, appFile)
	}
}
