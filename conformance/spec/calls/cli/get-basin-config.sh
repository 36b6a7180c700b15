# snippet
s2 get-basin-config example-1
# end
