package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["reconfigure-stream"] = callReconfigureStream }

func callReconfigureStream(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	basin := client.Basin("my-basin")
	config, err := basin.Streams.Reconfigure(ctx, s2.ReconfigureStreamArgs{
		Stream: "example-1",
		Config: s2.StreamReconfiguration{RetentionPolicy: &s2.RetentionPolicy{Age: s2.Int64(86_400)}},
	})
	if err != nil {
		return err
	}
	fmt.Println(config.RetentionPolicy)
	// end
	return nil
}
