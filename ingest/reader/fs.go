package reader

import (
	"io/fs"
	"iter"

	"hearsay/ingest/news"
)

// FS yields the documents of all files of a file system, in the order of their
// paths, by which they are called.
func (r *Reader) FS(files fs.FS) iter.Seq2[*news.Document, error] {
	return func(yield func(*news.Document, error) bool) {
		going := true
		err := fs.WalkDir(files, ".", func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			in, err := files.Open(path)
			if err != nil {
				return err
			}
			defer in.Close()
			for d, err := range r.Stream(path, path, in) {
				if going = yield(d, err); !going {
					return fs.SkipAll
				}
			}
			return nil
		})
		if err != nil && going {
			yield(nil, err)
		}
	}
}
