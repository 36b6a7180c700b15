package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["follow"] = callFollow }

func callFollow(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	stream := client.Basin("my-basin").Stream("example-1")
	session, err := stream.ReadSession(ctx, &s2.ReadOptions{SeqNum: s2.Uint64(0)})
	if err != nil {
		return err
	}
	defer session.Close()
	for session.Next() {
		record := session.Record()
		fmt.Println(record.SeqNum, string(record.Body))
		if string(record.Body) == "last" {
			break
		}
	}
	// end
	return nil
}
