# snippet
s2 revoke-access-token reader
# end
