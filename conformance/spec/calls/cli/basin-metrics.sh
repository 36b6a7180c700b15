# snippet
s2 get-basin-metrics my-basin storage --start-timestamp 1767225600 --end-timestamp 1767229200
# end
