# snippet
s2 fence s2://my-basin/example-1 writer-2
# end
