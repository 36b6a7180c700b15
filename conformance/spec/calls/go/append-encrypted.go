package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["append-encrypted"] = callAppendEncrypted }

func callAppendEncrypted(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	key, err := s2.NewEncryptionKey("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=")
	if err != nil {
		return err
	}
	stream := client.Basin("example-1").StreamWithOptions("example-2", &s2.StreamOptions{EncryptionKey: &key})
	ack, err := stream.Append(ctx, &s2.AppendInput{
		Records: []s2.AppendRecord{{Body: []byte("hello")}},
	})
	if err != nil {
		return err
	}
	fmt.Println(ack.Tail.SeqNum)
	// end
	return nil
}
