package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["read-encrypted"] = callReadEncrypted }

func callReadEncrypted(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	key, err := s2.NewEncryptionKey("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=")
	if err != nil {
		return err
	}
	stream := client.Basin("example-1").StreamWithOptions("example-2", &s2.StreamOptions{EncryptionKey: &key})
	batch, err := stream.Read(ctx, &s2.ReadOptions{SeqNum: s2.Uint64(0), Count: s2.Uint64(10)})
	if err != nil {
		return err
	}
	for _, record := range batch.Records {
		fmt.Println(record.SeqNum, string(record.Body))
	}
	// end
	return nil
}
