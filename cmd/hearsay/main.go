// Hearsay reads news and threat reports and builds a knowledge graph that never
// forgets who said it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit codes of the output contract.
const (
	exitFailed  = 1
	exitUsage   = 2
	exitSkipped = 3
)

// exitError carries the exit code of an error, and what to do next.
type exitError struct {
	code int
	err  error
	hint string
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

// usage is an error of the command line.
func usage(format string, args ...any) error {
	return &exitError{code: exitUsage, err: fmt.Errorf(format, args...)}
}

// hinted is an error with a next step.
func hinted(err error, hint string) error { return &exitError{code: exitFailed, err: err, hint: hint} }

func main() {
	if runsScripts() {
		return
	}
	os.Exit(run(os.Args[1:]))
}

// run executes one command line and is main without the exit: tests call it.
func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	cmd := root()
	cmd.SetArgs(args)
	err := cmd.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	code := exitFailed
	var e *exitError
	if errors.As(err, &e) {
		code = e.code
	}
	fmt.Fprintln(os.Stderr, "hearsay:", err)
	if e != nil && e.hint != "" {
		fmt.Fprintln(os.Stderr, "hint:", e.hint)
	}
	return code
}

func root() *cobra.Command {
	c := &cobra.Command{
		Use:   "hearsay",
		Short: "Build a knowledge graph that never forgets who said it",
		Long: `Hearsay reads news and threat reports and builds a knowledge graph that never
forgets who said it.

Results go to standard output, everything else to standard error.
Exit codes: 0 done; 1 the work failed; 2 the command line was wrong; 3 some
inputs were skipped and the rest is done.`,
		Example: `  hearsay demo
  hearsay build news/
  hearsay query who-doubts --param about=hs:NorthKorea`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          unknownCommand,

		SuggestionsMinimumDistance: 2,
		RunE:                       func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return &exitError{code: exitUsage, err: err, hint: c.CommandPath() + " --help lists the flags"}
	})
	c.AddCommand(
		annotateCommand(),
		backupCommand(), restoreCommand(), checkCommand(),
		buildCommand(),
		demoCommand(),
		diffCommand(),
		entitiesCommand(),
		evalCommand(),
		fitCommand(),
		generateCommand(),
		explainCommand(),
		exportCommand(),
		extractCommand(),
		importCommand(),
		manCommand(),
		queriesCommand(),
		queryCommand(),
		removeCommand(),
		reportCommand(),
		reviewCommand(),
		serveCommand(),
		statsCommand(),
		trainCommand(),
		versionCommand(),
		watchCommand(),
	)
	return c
}

// unknownCommand is reached when no command has the first argument's name.
func unknownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := "hearsay --help lists the commands"
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		hint = "did you mean hearsay " + strings.Join(near, " or hearsay ") + "?"
	}
	return &exitError{code: exitUsage, err: fmt.Errorf("%q is no command", args[0]), hint: hint}
}
