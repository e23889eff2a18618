package main

import (
	"fmt"
	"os"

	"hearsay/graph"
)

// scriptsCommand is how the program starts itself as the process in which the
// scripts of queries run, so that none can hang or end the program that holds the
// store. It is no command for people.
const scriptsCommand = "run-scripts"

// scriptRunner is the command line of such a process; none, and scripts run here,
// where the system doesn't tell what this program is.
func scriptRunner() []string {
	exe, err := os.Executable()
	if err != nil {
		return nil
	}
	return []string{exe, scriptsCommand}
}

// runsScripts runs scripts where this process was started for it.
func runsScripts() bool {
	if len(os.Args) != 2 || os.Args[1] != scriptsCommand {
		return false
	}
	if err := graph.ServeScripts(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "hearsay:", err)
		os.Exit(exitFailed)
	}
	return true
}
