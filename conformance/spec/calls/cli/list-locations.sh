# snippet
s2 list-locations
# end
