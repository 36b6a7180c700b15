# snippet
s2 get-default-location
# end
