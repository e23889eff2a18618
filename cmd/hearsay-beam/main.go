// Hearsay-beam reads documents on many machines and writes their graph as sorted,
// compressed shards of N-Quads with a manifest, which hearsay import loads. It is
// an Apache Beam pipeline: without flags of a runner it runs here, on Prism.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/gcs"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/s3"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"

	"hearsay/ingest/reader"
)

const usage = `hearsay-beam reads documents on many machines.

  hearsay-beam --output FOLDER [--shards N] PATH...

A PATH is a file, a folder or a pattern, here or in a store of files (gs://,
s3://; there a folder ends in /, and ** crosses folders). What is read and what a
document is called are as with hearsay build. FOLDER, here or in a store of
files, gets manifest.json, the shards that it names, and rejected-….jsonl.gz with
the inputs that couldn't be read and why; a file that the manifest doesn't name
counts for nothing. Running it again, also after it was killed, gives the same.

Without --runner it runs on this machine. --runner=flink, spark or dataflow, with
the flags of that runner, runs it elsewhere: see docs/scale.md.
`

// Exit codes, as those of hearsay.
const (
	exitFailed  = 1
	exitUsage   = 2
	exitSkipped = 3
)

func main() {
	var o options
	flag.StringVar(&o.Output, "output", "", "folder for the shards and the manifest")
	flag.IntVar(&o.Shards, "shards", 8, "number of shards")
	flag.StringVar(&o.Format, "input_format", "", "format of every input (default: by ending and content)")
	flag.BoolVar(&o.AnyLanguage, "any_language", false, "read documents that don't seem to be English, too")
	decisions := flag.String("decisions", "", "file with decisions about entities")
	predicates := flag.String("predicates", "", "file with predicates of your own")
	cues := flag.String("cues", "", "file with cues of your own")
	flag.Usage = func() {
		fmt.Fprint(flag.CommandLine.Output(), usage, "\nFlags, those of Beam and its runners included:\n")
		flag.PrintDefaults()
	}
	flag.Parse()
	beam.Init()
	o.Paths = flag.Args()
	if err := o.check(); err != nil {
		fail(exitUsage, err)
	}
	for _, f := range []struct {
		name string
		to   *string
	}{{*decisions, &o.Reading.Decisions}, {*predicates, &o.Reading.Predicates}, {*cues, &o.Reading.Cues}} {
		if f.name == "" {
			continue
		}
		b, err := os.ReadFile(f.name)
		if err != nil {
			fail(exitUsage, err)
		}
		*f.to = string(b)
	}
	m, err := run(context.Background(), o, beamx.Run)
	if err != nil {
		fail(exitFailed, err)
	}
	fmt.Printf("%d documents, %d quads in %d shards; %s\n", m.Documents, m.Quads, len(m.Shards), join(o.Output, manifestName))
	if n := m.Rejected.Lines; n > 0 {
		fail(exitSkipped, fmt.Errorf("%d inputs skipped, see %s; the rest is done", n, join(o.Output, m.Rejected.Name)))
	}
}

func fail(code int, err error) {
	fmt.Fprintln(os.Stderr, "hearsay-beam:", err)
	os.Exit(code)
}

// options are what a run was told.
type options struct {
	Paths       []string
	Output      string
	Shards      int
	Format      string
	AnyLanguage bool
	Reading     reading
}

func (o *options) check() error {
	switch {
	case len(o.Paths) == 0:
		return errors.New("no input: name files, folders or patterns")
	case o.Output == "":
		return errors.New("--output FOLDER is needed")
	case o.Shards < 1 || o.Shards > 99_999:
		return fmt.Errorf("--shards %d: 1 to 99999 are possible", o.Shards)
	case o.Format != "" && !slices.Contains(reader.Formats[:], reader.Format(o.Format)):
		return fmt.Errorf("--input_format %q: %v are known", o.Format, reader.Formats)
	}
	return nil
}
