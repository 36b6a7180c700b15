# snippet
s2 trim s2://my-basin/example-1 2
# end
