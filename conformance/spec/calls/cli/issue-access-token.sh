# snippet
s2 issue-access-token --basins-exact my-basin --streams-prefix example- --ops read reader
# end
