package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["stream-metrics"] = callStreamMetrics }

func callStreamMetrics(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	metrics, err := client.Metrics.Stream(ctx, &s2.StreamMetricsArgs{
		Basin:  "my-basin",
		Stream: "example-1",
		Set:    s2.StreamMetricSetStorage,
		Start:  s2.Int64(1_767_225_600), // 2026-01-01, the first hour
		End:    s2.Int64(1_767_229_200),
	})
	if err != nil {
		return err
	}
	fmt.Println(metrics.Values)
	// end
	return nil
}
