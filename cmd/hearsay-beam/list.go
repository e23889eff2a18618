package main

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"hearsay/ingest/reader"
)

func init() {
	beam.RegisterType(reflect.TypeFor[listFn]())
	register.Emitter1[file]()
	register.Emitter1[reject]()
}

// argument is a path of the command line.
type argument struct {
	Index int
	Path  string
}

// file is an input. Files sort by Order as hearsay build would read them.
type file struct {
	Order    string
	Path, ID string
}

// reject is an input that isn't read.
type reject struct {
	Input  string `json:"input"`
	Reason string `json:"reason"`
}

// listFn finds the files that a path names.
type listFn struct{}

func (listFn) ProcessElement(ctx context.Context, a argument, emit func(file), rejects func(reject)) {
	list := reader.Files
	if strings.Contains(a.Path, "://") {
		list = func(path string) []reader.File { return stored(ctx, path) }
	}
	for i, f := range list(a.Path) {
		if f.Err != nil {
			rejects(reject{f.Path, f.Err.Error()})
			continue
		}
		emit(file{Order: fmt.Sprintf("%05d-%09d", a.Index, i), Path: f.Path, ID: f.ID})
	}
}

// stored lists the files of a store of files: those below a folder, which ends in
// a slash, those that a pattern matches, or the one that is named.
func stored(ctx context.Context, path string) []reader.File {
	folder := strings.HasSuffix(path, "/")
	glob := path
	if folder {
		glob += "**"
	}
	fs, err := filesystem.New(ctx, path)
	if err != nil {
		return []reader.File{{Path: path, Err: err}}
	}
	defer fs.Close()
	names, err := fs.List(ctx, glob)
	if err == nil && len(names) == 0 {
		err = errors.New("nothing is there")
	}
	if err != nil {
		return []reader.File{{Path: path, Err: err}}
	}
	root := path
	if i := strings.IndexAny(root, "*?[{"); i >= 0 {
		root = root[:i]
	}
	return below(root[:strings.LastIndexByte(root, '/')+1], names, folder)
}

// below are the files of the given names, in the order in which a walk through
// folders would find them. Hidden ones are passed over.
func below(root string, names []string, folder bool) []reader.File {
	slices.SortFunc(names, func(a, b string) int {
		return slices.Compare(strings.Split(a, "/"), strings.Split(b, "/"))
	})
	var list []reader.File
	for _, name := range names {
		id := strings.TrimPrefix(name, root)
		if id == "" || strings.HasPrefix(id, ".") || strings.Contains(id, "/.") || strings.HasSuffix(id, "/") {
			continue
		}
		f := reader.File{Path: name, ID: id}
		if folder {
			f.Err = reader.CheckEnding(name)
		}
		list = append(list, f)
	}
	return list
}
