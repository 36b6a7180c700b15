# snippet
s2 check-tail s2://my-basin/example-1
# end
