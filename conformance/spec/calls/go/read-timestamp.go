package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["read-timestamp"] = callReadTimestamp }

func callReadTimestamp(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	stream := client.Basin("my-basin").Stream("example-1")
	batch, err := stream.Read(ctx, &s2.ReadOptions{Timestamp: s2.Uint64(1000), Count: s2.Uint64(10)})
	if err != nil {
		return err
	}
	for _, record := range batch.Records {
		fmt.Println(record.SeqNum, string(record.Body))
	}
	// end
	return nil
}
