# snippet
s2 get-stream-metrics s2://my-basin/example-1 storage --start-timestamp 1767225600 --end-timestamp 1767229200
# end
