package graph

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// lockHolder says which process has the file open, as far as the system tells:
// " (hearsay, process 4711)", else "".
func lockHolder(path string) string {
	want, err := os.Stat(path)
	if err != nil {
		return ""
	}
	processes, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return ""
	}
	self := fmt.Sprint(os.Getpid())
	for _, p := range processes {
		pid := filepath.Base(p)
		files, err := os.ReadDir(filepath.Join(p, "fd"))
		if err != nil {
			continue
		}
		for _, f := range files {
			got, err := os.Stat(filepath.Join(p, "fd", f.Name()))
			if err != nil || !os.SameFile(want, got) {
				continue
			}
			if pid == self {
				return " (this one, which has it open already)"
			}
			name, _ := os.ReadFile(filepath.Join(p, "comm"))
			return fmt.Sprintf(" (%s, process %s)", strings.TrimSpace(string(name)), pid)
		}
	}
	return ""
}
