// Runs snippets of the Go SDK by name: reads one name a line, calls the function registered under it, and prints
// "done NAME" or "failed NAME: MESSAGE".
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"
)

var calls = map[string]func(context.Context) error{}

func main() {
	for names := bufio.NewScanner(os.Stdin); names.Scan(); {
		name := names.Text()
		if call, found := calls[name]; !found {
			fmt.Printf("failed %s: no such snippet\n", name)
		} else if err := call(context.Background()); err != nil {
			fmt.Printf("failed %s: %s\n", name, strings.ReplaceAll(err.Error(), "\n", " "))
		} else {
			fmt.Printf("done %s\n", name)
		}
	}
}
