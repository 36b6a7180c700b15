package main

import (
	"context"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["delete-stream"] = callDeleteStream }

func callDeleteStream(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	basin := client.Basin("my-basin")
	if err := basin.Streams.Delete(ctx, "example-1"); err != nil {
		return err
	}
	// end
	return nil
}
