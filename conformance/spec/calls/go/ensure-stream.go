package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["ensure-stream"] = callEnsureStream }

func callEnsureStream(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	basin := client.Basin("my-basin")
	ensured, err := basin.Streams.Ensure(ctx, s2.EnsureStreamArgs{
		Stream: "example-1",
		Config: &s2.StreamConfig{RetentionPolicy: &s2.RetentionPolicy{Age: s2.Int64(86_400)}},
	})
	if err != nil {
		return err
	}
	fmt.Println(ensured.Result)
	// end
	return nil
}
