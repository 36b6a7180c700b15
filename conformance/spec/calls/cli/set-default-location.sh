# snippet
s2 set-default-location aws:us-east-1
# end
