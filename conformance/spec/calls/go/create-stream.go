package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["create-stream"] = callCreateStream }

func callCreateStream(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	basin := client.Basin("my-basin")
	created, err := basin.Streams.Create(ctx, s2.CreateStreamArgs{Stream: "example-1"})
	if err != nil {
		return err
	}
	fmt.Println(created.CreatedAt)
	// end
	return nil
}
