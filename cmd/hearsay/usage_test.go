package main

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestExamples: the help of every command that does something shows how, and its
// examples call that command with flags that it knows.
func TestExamples(t *testing.T) {
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			if sub.Name() != "help" && sub.Name() != "completion" {
				walk(sub)
			}
		}
		if !c.Runnable() || c.Hidden {
			return
		}
		if c.Example == "" {
			t.Errorf("%s has no example", c.CommandPath())
		}
		for _, line := range strings.Split(c.Example, "\n") {
			if !strings.Contains(line, c.CommandPath()+" ") || c.HasSubCommands() {
				continue
			}
			for _, word := range strings.Fields(line) {
				name, ok := strings.CutPrefix(word, "--")
				name, _, _ = strings.Cut(name, "=")
				if ok && c.Flags().Lookup(name) == nil && c.PersistentFlags().Lookup(name) == nil {
					t.Errorf("%s: the example %q has a flag --%s that there isn't", c.CommandPath(), line, name)
				}
			}
		}
	}
	walk(root())
}
