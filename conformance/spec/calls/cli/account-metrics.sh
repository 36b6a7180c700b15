# snippet
s2 get-account-metrics account-ops --start-timestamp 1767225600 --end-timestamp 1767229200 --interval minute
# end
